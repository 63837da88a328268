package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateInspectCommandTest {

  private static final Path SAVEPOINT = Path.of("src/test/resources/savepoints/0.1");

  @Test
  void tellsWhoseItIsAndWhatIsInForceAndWhatEachOperatorKeeps() {
    CommandRun run = CommandRun.of("state", "inspect", SAVEPOINT);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("Savepoint \\d+ of the detection job of engine stored, [\\d.]+ KiB")
        .containsPattern("rules +[0-9a-f]{12} +update \\d+, ")
        .containsPattern("flags +[0-9a-f]{12} +update \\d+, ")
        .containsPattern("detect +2 .*control, control-rules, held, timers")
        .containsPattern("correlate-3 +2 .*group")
        .containsPattern("alerts-live-stored +2 ");
  }

  @Test
  void tellsTheSameToPrograms() throws IOException {
    CommandRun run = CommandRun.of("state", "inspect", SAVEPOINT, "--format", "json");

    JsonNode summary = new ObjectMapper().readTree(run.out());
    assertThat(summary.path("kind").asText()).isEqualTo("savepoint");
    assertThat(summary.path("engine").asText()).isEqualTo("stored");
    assertThat(summary.path("job").asText()).isEqualTo("detection");
    assertThat(summary.at("/operators/0/uid").asText()).isEqualTo("events");
    assertThat(summary.at("/operators/0/parallelism").asInt()).isEqualTo(2);
    assertThat(summary.path("inForce").findValuesAsText("kind"))
        .contains("rules", "flags", "customers", "correlations");
  }

  @Test
  void saysNoWhenItIsOfAnotherEngineThanItWasTold() {
    CommandRun run = CommandRun.of("state", "inspect", SAVEPOINT, "--engine", "green");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("(unknown)")
        .contains("operators that this version does not know")
        .contains("detect ");
  }

  @Test
  void saysWhatIsNoSavepoint(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("_metadata"), "nothing of Flink's");

    CommandRun run = CommandRun.of("state", "inspect", folder);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is no savepoint or checkpoint that can be read");

    CommandRun missing = CommandRun.of("state", "inspect", folder.resolve("none"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no such folder");
  }
}
