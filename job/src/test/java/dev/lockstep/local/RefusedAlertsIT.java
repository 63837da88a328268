package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.kafka.DeadLetterFile;
import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts that Elasticsearch refuses until somebody mends the index. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedAlertsIT {

  private LocalSystem system;

  @BeforeAll
  void startServices(@TempDir Path directory) throws Exception {
    system = LocalSystem.start(directory);
    LocalSystem.write(system.rules.resolve("r.yml"), LocalSystem.rule("r", "User: root"));
  }

  @AfterAll
  void stopServices() throws Exception {
    if (system != null) {
      system.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"cyan, index-job", "amber, direct"})
  void aRefusedAlertIsIndexedAfterTheMappingIsMended(String engine, String mode) throws Exception {
    String index = "/lockstep-alerts-shadow-" + engine + "-corp-2026.01";
    system.elasticsearch(
        "PUT", index, "{\"mappings\":{\"properties\":{\"message\":{\"type\":\"long\"}}}}");
    LockstepConfig config =
        system.config(
            engine,
            Map.of(
                "elasticsearch.mode",
                mode,
                "flags.source",
                "none",
                "flags.on-missing",
                "shadow",
                "dead-letters.retry-delays",
                "1 s" + ", 2 s".repeat(60)));
    List<JobID> jobs = system.start(config);
    system.send(
        config,
        engine + "-corp",
        "{\"event_id\":\"e\",\"@timestamp\":\"2026-01-31T23:59:00Z\",\"User\":\"root\"}");
    LocalSystem.await("a second refusal", () -> attempts(config).contains(1));
    assertThat(attempts(config)).startsWith(0, 1);
    assertThat(system.indexed(engine, Lane.SHADOW)).isEmpty();

    system.elasticsearch("DELETE", index, "");
    LocalSystem.await("its document", () -> system.indexed(engine, Lane.SHADOW).size() == 1);
    LocalSystem.await("its note", () -> "resolved".equals(last(config).letter().command));
    assertThat(last(config).letter().identity())
        .isEqualTo(letters(config).get(0).letter().identity());
    system.cancel(jobs);
  }

  private static List<Integer> attempts(LockstepConfig config) throws Exception {
    return letters(config).stream()
        .filter(filed -> filed.letter().command == null)
        .map(filed -> filed.letter().attempt)
        .toList();
  }

  private static FiledLetter last(LockstepConfig config) throws Exception {
    List<FiledLetter> letters = letters(config);
    return letters.get(letters.size() - 1);
  }

  private static List<FiledLetter> letters(LockstepConfig config) throws Exception {
    List<FiledLetter> letters = new ArrayList<>();
    try (DeadLetterFile file = DeadLetterFile.open(config.kafka(), Duration.ofSeconds(20))) {
      file.read(config.deadLetters().topic(), letters::add);
    }
    return letters;
  }
}
