package dev.lockstep.local;

import dev.lockstep.job.BacktestTopology;
import dev.lockstep.job.backtest.BacktestFiles;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.JobID;

/** A backtest on an embedded cluster of its own. */
public final class BacktestRun {

  private static final int PARALLELISM = 2;

  /** One that fails is begun anew by who asked for it; checkpoints only tell of progress. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "restart-strategy.type",
          "disable",
          "execution.checkpointing.interval",
          "2 s",
          "execution.checkpointing.externalized-checkpoint-retention",
          "NO_EXTERNALIZED_CHECKPOINTS");

  private BacktestRun() {}

  /**
   * Judges the events and returns when all results are in the files.
   *
   * @param directory for state, which may be deleted afterwards
   * @param meanwhile is done again and again until then, such as to look into the files
   * @throws IllegalStateException if it fails
   */
  public static void run(
      LockstepConfig config,
      BacktestTopology.Plan plan,
      BacktestFiles files,
      Path directory,
      Runnable meanwhile)
      throws Exception {
    try (EmbeddedFlink flink = EmbeddedFlink.start(directory, /* uiPort= */ 0, OPTIONS)) {
      JobID job =
          flink.submit(
              "lockstep-backtest",
              PARALLELISM,
              new Recovery.Nothing(),
              env -> BacktestTopology.build(env, config, plan, files));
      flink.awaitFinished(job, meanwhile);
    }
  }
}
