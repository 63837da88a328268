package dev.lockstep.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills and stops processes of a whole installation under load. The plain build does the commonest
 * faults once each; the profile {@code chaos} does as many as {@code chaos.faults} says, by chance,
 * after {@code chaos.kills} of task managers alone, which tell how long recovery takes, and takes
 * Elasticsearch away for as long as {@code chaos.outage} says.
 */
class ChaosIT {

  private static final List<Fault> COMMONEST =
      List.of(Fault.KILL_TASK_MANAGER, Fault.KILL_BROKER, Fault.KILL_JOB_MANAGER, Fault.RESCALE);
  private static final int FAULTS = Integer.getInteger("chaos.faults", 0);
  private static final int KILLS = Integer.getInteger("chaos.kills", 0);
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final int EVENTS_PER_SECOND = Integer.getInteger("chaos.rate", 100);
  private static final Duration OUTAGE = Duration.parse(System.getProperty("chaos.outage", "PT0S"));
  private static final int EVENTS_PER_SECOND_OF_OUTAGE = 100;

  @Test
  void noAlertIsLostOrSentTwiceOrInTheWrongLane(@TempDir Path directory) throws Exception {
    try (ChaosRun run = ChaosRun.start(directory, SEED, EVENTS_PER_SECOND)) {
      if (FAULTS == 0) {
        for (Fault fault : COMMONEST) {
          run.injure(fault);
        }
      } else {
        for (int i = 0; i < KILLS; i++) {
          run.injure(Fault.KILL_TASK_MANAGER);
        }
        run.injure(FAULTS - KILLS);
      }
      assertThat(run.judge().differences()).isEmpty();
    }
  }

  @Test
  @DisabledIfSystemProperty(
      named = "chaos.outage",
      matches = "PT0S",
      disabledReason = "of the profile chaos; AlertIndexSinkIT has a short one")
  void nothingIsLostWhileElasticsearchIsAwayForLong(@TempDir Path directory) throws Exception {
    try (ChaosRun run = ChaosRun.start(directory, SEED, EVENTS_PER_SECOND_OF_OUTAGE)) {
      run.withoutElasticsearch(OUTAGE);
      assertThat(run.judge().differences()).isEmpty();
    }
  }
}
