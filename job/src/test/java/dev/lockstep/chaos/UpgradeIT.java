package dev.lockstep.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade by the script of the runbook on a cluster of processes, under load: another jar, one
 * more field in state, two more operators, another parallelism. Of the profile {@code upgrade}.
 */
@EnabledIfSystemProperty(named = "lockstep.upgrade", matches = "true")
class UpgradeIT {

  /** Of the state of {@code detect} and {@code egress}, and of {@code suppress}. */
  private static final List<String> STATES =
      List.of("dev.lockstep.job.state.ControlUpdate", "dev.lockstep.job.state.LimitedAlerts");

  private static final int EVENTS_PER_SECOND = Integer.getInteger("chaos.rate", 100);

  @Test
  void nothingIsLostOrSentTwiceByAnUpgrade(@TempDir Path directory) throws Exception {
    Path next = NextVersion.jar(directory.resolve("next"), STATES);
    try (ChaosRun run = ChaosRun.start(directory, 1, EVENTS_PER_SECOND)) {
      UpgradeScript.Result result = run.upgrade(next);

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output()).contains("downtime: ");
      assertThat(run.judge().differences()).isEmpty();
    }
  }

  @Test
  void aVersionThatDoesNotComeUpIsRolledBack(@TempDir Path directory) throws Exception {
    try (ChaosRun run = ChaosRun.start(directory, 1, EVENTS_PER_SECOND)) {
      UpgradeScript.Result result = run.upgradeInVain();

      assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
      assertThat(result.output()).contains("rolled back").contains("downtime: ");
      assertThat(run.judge().differences()).isEmpty();
    }
  }
}
