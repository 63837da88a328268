package dev.lockstep.job;

import dev.lockstep.job.config.BrokerLimits;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.index.Index;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Entry point of the index job. */
public final class IndexJob {

  private IndexJob() {}

  /** Runs the job with {@code --config FILE} and {@code -Doption=value}. */
  public static void main(String[] args) throws Exception {
    LockstepConfig config = JobArguments.config(args);
    StreamExecutionEnvironment env = FlinkSettings.environment(Map.of());
    Index.prepare(config);
    BrokerLimits.check(config.kafka());
    IndexTopology.build(env, config);
    env.execute(name(config));
  }

  /** The job's name in the Flink UI. */
  public static String name(LockstepConfig config) {
    return "lockstep-index-" + config.engine();
  }
}
