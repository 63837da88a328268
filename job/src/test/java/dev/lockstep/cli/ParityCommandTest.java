package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityCommandTest {

  @Test
  void withoutTheNamesOfTwoEnginesItSaysWhatIsMissing() {
    CommandRun run = CommandRun.of("parity");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err()).contains("parity.first: must be set, and parity.second");
  }

  @Test
  void aWrongFileOfExpectedDifferencesIsSaidWithItsPlaces(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("expected.yml"), "expected:\n  - owner: ann\n");

    CommandRun run =
        CommandRun.of(
            "parity", "-Dparity.first=blue", "-Dparity.second=green", "-Dparity.expected=" + file);

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err()).contains(file + ":2:5: 'reason' is missing");
  }
}
