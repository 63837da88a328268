package dev.lockstep.job;

import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.job.config.ComparedOptions;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.parity.Parity;
import dev.lockstep.job.state.JudgedAlert;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The parity job: the alerts of two engines are compared, and what flags lost is rescued. */
public final class ParityTopology {

  private ParityTopology() {}

  /**
   * Adds the job's operators to {@code env}.
   *
   * @throws dev.lockstep.job.config.InvalidConfigException if no engines are named, or the file of
   *     expected differences is wrong
   */
  public static void build(StreamExecutionEnvironment env, LockstepConfig config) {
    FlinkSettings.checkTransactions(env, config.kafka());
    Parity parity =
        new Parity(config, ComparedOptions.engines(config), ComparedOptions.declarations(config));
    DataStream<ComparedAlert> alerts = parity.alerts(env);
    SingleOutputStreamOperator<JudgedAlert> judged = parity.judged(alerts);
    parity.rescue(judged);
    parity.toKafka(parity.records(parity.explained(judged, alerts)));
  }
}
