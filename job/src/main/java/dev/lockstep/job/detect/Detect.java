package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlUpdate;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** The stage of judgement: events in, alerts out, their lane still open. */
public final class Detect {

  private final LockstepConfig config;
  private final ActiveFlags.Policy flagPolicy;
  private final OutputTag<DeadLetterRecord> deadLetterTag;

  public Detect(
      LockstepConfig config,
      ActiveFlags.Policy flagPolicy,
      OutputTag<DeadLetterRecord> deadLetterTag) {
    this.config = config;
    this.flagPolicy = flagPolicy;
    this.deadLetterTag = deadLetterTag;
  }

  /** Returns the alerts; events that a rule failed on are at the side output of dead letters. */
  public SingleOutputStreamOperator<AlertRecord> alerts(
      KeyedStream<EventRecord, String> events, BroadcastStream<ControlUpdate> control) {
    AlertAssembly assembly = new AlertAssembly(config.engine(), config.alerts().maxEventBytes());
    RuleCompiler compiler = new MappedRules(config.mapping());
    return events
        .connect(control)
        .process(
            new DetectFunction(
                assembly, flagPolicy, compiler, config.events().lateness(), deadLetterTag))
        .uid("detect")
        .name("Detect")
        .setDescription("Ingress gate, then all Sigma rules in force");
  }
}
