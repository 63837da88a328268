package dev.lockstep.job.deliver;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.kafka.KafkaAlerts;
import dev.lockstep.connector.kafka.KafkaSinks;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.NetworkType;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledOperator;
import dev.lockstep.job.state.Counting;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The last stage. The uids of transactional sinks carry the engine's name, as their transactions
 * do: an engine that starts from another's savepoint must not take over the other's open
 * transactions.
 */
public final class Deliver {

  private final LockstepConfig config;
  private final ActiveFlags.Policy flagPolicy;
  private final Counting counting;

  public Deliver(LockstepConfig config, ActiveFlags.Policy flagPolicy, Counting counting) {
    this.config = config;
    this.flagPolicy = flagPolicy;
    this.counting = counting;
  }

  /** Returns the alerts that are not off, each with its lane; what was counted is at the side. */
  public SingleOutputStreamOperator<AlertRecord> laned(
      DataStream<AlertRecord> alerts, DataStream<ControlUpdate> flags) {
    return ControlledOperator.connect(
            "Egress gate",
            alerts.keyBy(alert -> alert.customer),
            flags,
            new EgressFunction(config.engine(), config.parity().compared(), flagPolicy, counting),
            NetworkType.ALERTS)
        .uid("egress")
        .setDescription("Egress gate: lane of each alert by flag, live, shadow or off");
  }

  /** Sends the alerts of {@code lane} to its topic. */
  public void toKafka(DataStream<AlertRecord> laned, Lane lane) {
    String laneName = lane.wireName();
    String topic = config.alerts().topic(lane);
    laned
        .filter(alert -> alert.lane.equals(laneName))
        .uid("lane-" + laneName)
        .name("Lane " + laneName)
        .sinkTo(KafkaAlerts.sink(config.kafka(), lane, topic))
        .uid("alerts-" + laneName + "-" + config.engine())
        .name("Topic " + topic);
  }

  /** Sends dead letters to their topic. */
  public void deadLetters(DataStream<DeadLetterRecord> letters) {
    letters
        .sinkTo(KafkaSinks.deadLetters(config.kafka(), config.deadLettersTopic()))
        .uid("dead-letters-" + config.engine())
        .name("Topic " + config.deadLettersTopic());
  }

  /** Sends the status of rules to its compacted topic. */
  public void ruleStatus(DataStream<StatusRecord> status) {
    status
        .sinkTo(KafkaSinks.status(config.kafka(), config.ruleStatusTopic()))
        .uid("rule-status-" + config.engine())
        .name("Topic " + config.ruleStatusTopic());
  }

  /** Sends the status of the engine, and its statistics, to their compacted topic. */
  public void engineStatus(DataStream<StatusRecord> status) {
    status
        .sinkTo(KafkaSinks.status(config.kafka(), config.engineStatusTopic()))
        .setParallelism(1)
        .uid("engine-status-" + config.engine())
        .name("Topic " + config.engineStatusTopic());
  }
}
