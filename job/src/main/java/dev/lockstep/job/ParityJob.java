package dev.lockstep.job;

import dev.lockstep.job.config.BrokerLimits;
import dev.lockstep.job.config.ComparedOptions;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.parity.Parity;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Entry point of the parity job. */
public final class ParityJob {

  private ParityJob() {}

  /** Runs the job with {@code --config FILE} and {@code -Doption=value}. */
  public static void main(String[] args) throws Exception {
    LockstepConfig config = JobArguments.config(args);
    StreamExecutionEnvironment env = FlinkSettings.environment(Map.of());
    BrokerLimits.check(config.kafka());
    ParityTopology.build(env, config);
    env.execute(name(config));
  }

  /** The job's name in the Flink UI. */
  public static String name(LockstepConfig config) {
    return "lockstep-parity-" + Parity.pair(ComparedOptions.engines(config));
  }
}
