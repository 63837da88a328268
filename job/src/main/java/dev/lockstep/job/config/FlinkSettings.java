package dev.lockstep.job.config;

import dev.lockstep.connector.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.TimeUtils;

/** What our jobs demand of Flink's own options, wherever they run. */
public final class FlinkSettings {

  /**
   * The least time between two checkpoints. With none, a checkpoint begins before tasks have heard
   * that the one before has completed; when that happens twice in a row, a task refers to a file of
   * RocksDB that the job manager has dropped, the job manager refuses the acknowledgement with no
   * more than a line in its log ("Attempt to reference unknown state"), and nothing is committed
   * until the checkpoint times out.
   */
  private static final Duration LEAST_PAUSE = Duration.ofMillis(500);

  private FlinkSettings() {}

  /**
   * Returns an environment for one of our jobs. Between two of its checkpoints there is half a
   * second at least.
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
    CheckpointConfig checkpoints = env.getCheckpointConfig();
    checkpoints.setMinPauseBetweenCheckpoints(
        Math.max(checkpoints.getMinPauseBetweenCheckpoints(), LEAST_PAUSE.toMillis()));
    return env;
  }

  /**
   * Checks that a transaction outlives what its commit may have to wait for: as many checkpoints as
   * may fail one after another, and the one that succeeds.
   *
   * @throws InvalidConfigException if the brokers could abort alerts that nobody will write again
   */
  public static void checkTransactions(StreamExecutionEnvironment env, KafkaSettings kafka) {
    if (kafka.guarantee() != DeliveryGuarantee.EXACTLY_ONCE) {
      return;
    }
    CheckpointConfig checkpoints = env.getCheckpointConfig();
    long between =
        Math.max(checkpoints.getCheckpointInterval(), checkpoints.getMinPauseBetweenCheckpoints());
    int attempts = Math.max(0, checkpoints.getTolerableCheckpointFailureNumber()) + 1;
    Duration wait = Duration.ofMillis((between + checkpoints.getCheckpointTimeout()) * attempts);
    if (wait.compareTo(kafka.transactionTimeout()) >= 0) {
      throw new InvalidConfigException(
          List.of(
              LockstepOptions.DELIVERY_TRANSACTION_TIMEOUT.key()
                  + ": must be longer than "
                  + TimeUtils.formatWithHighestUnit(wait)
                  + ", in which "
                  + attempts
                  + " checkpoint(s) may time out, was "
                  + TimeUtils.formatWithHighestUnit(kafka.transactionTimeout())));
    }
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
