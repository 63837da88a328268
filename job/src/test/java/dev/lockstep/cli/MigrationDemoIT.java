package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story with real Kafka: it must end well, and tell what it is there to show. */
class MigrationDemoIT {

  @Test
  void movesAllCustomersAndLosesNothing(@TempDir Path folder) {
    CommandRun run = CommandRun.of("demo", "--migration", "--directory", folder);

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.GOOD);
    assertThat(run.out())
        .contains(
            "acme  off → shadow trickle",
            "differ (",
            "the engines hold different bundles",
            "initech  live → retired",
            "no alert was lost or doubled");
    assertThat(folder.resolve("report.html")).content().contains("All 3 customers have moved");
  }
}
