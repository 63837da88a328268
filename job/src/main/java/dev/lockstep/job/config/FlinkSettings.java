package dev.lockstep.job.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What our jobs demand of Flink's own options, wherever they run. */
public final class FlinkSettings {

  private FlinkSettings() {}

  /**
   * Returns an environment for one of our jobs.
   *
   * @param options Flink options by key, on top of those of the cluster
   * @throws InvalidConfigException if the job would lose alerts with these options
   */
  public static StreamExecutionEnvironment environment(Map<String, String> options) {
    Configuration configuration = Configuration.fromMap(options);
    // A type without a serializer of its own, or an operator without a uid, must stop the job here
    // and not at the first upgrade.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    List<String> problems = problems(env);
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return env;
  }

  private static List<String> problems(StreamExecutionEnvironment env) {
    List<String> problems = new ArrayList<>();
    Duration interval =
        Duration.ofMillis(Math.max(0, env.getCheckpointConfig().getCheckpointInterval()));
    if (interval.isZero()) {
      problems.add(
          CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
              + ": must be set: without checkpoints no alert is ever committed");
    }
    if (env.getCheckpointConfig().getCheckpointingConsistencyMode()
        != CheckpointingMode.EXACTLY_ONCE) {
      problems.add(
          CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE.key()
              + ": must be EXACTLY_ONCE, or events are judged twice after a failure");
    }
    return problems;
  }
}
