package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.NetworkType;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledOperator;
import dev.lockstep.job.state.Counting;
import dev.lockstep.job.state.GroupOccurrences;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** The stage of judgement: events in, alerts out, their lane still open. */
public final class Detect {

  private final LockstepConfig config;
  private final ActiveFlags.Policy flagPolicy;
  private final OutputTag<DeadLetterRecord> deadLetterTag;
  private final OutputTag<ControlNotice> noticeTag;
  private final OutputTag<StatusRecord> statusTag;
  private final OutputTag<GroupOccurrences> occurrenceTag;
  private final Counting counting;
  private final boolean waitsForRules;

  /**
   * @param waitsForRules whether no event is handled while rules are being compiled, so that a
   *     stream that ends is over only when it is judged
   */
  public Detect(
      LockstepConfig config,
      ActiveFlags.Policy flagPolicy,
      OutputTag<DeadLetterRecord> deadLetterTag,
      OutputTag<ControlNotice> noticeTag,
      OutputTag<StatusRecord> statusTag,
      OutputTag<GroupOccurrences> occurrenceTag,
      Counting counting,
      boolean waitsForRules) {
    this.config = config;
    this.flagPolicy = flagPolicy;
    this.deadLetterTag = deadLetterTag;
    this.noticeTag = noticeTag;
    this.statusTag = statusTag;
    this.occurrenceTag = occurrenceTag;
    this.counting = counting;
    this.waitsForRules = waitsForRules;
  }

  /**
   * Returns the alerts. At side outputs are the events that a rule failed on, notices of rules that
   * came into force, and the status of rules over their budget.
   */
  public SingleOutputStreamOperator<AlertRecord> alerts(
      KeyedStream<EventRecord, String> events, DataStream<ControlUpdate> control) {
    AlertAssembly assembly = new AlertAssembly(config.engine(), config.alerts().maxEventBytes());
    RuleCompiler compiler = new MappedRules(config.mapping());
    return ControlledOperator.connect(
            "Detect",
            events,
            control,
            new DetectFunction(
                assembly,
                flagPolicy,
                compiler,
                config.events().lateness(),
                deadLetterTag,
                noticeTag,
                statusTag,
                occurrenceTag,
                config.rules().limits(),
                counting,
                waitsForRules),
            NetworkType.ALERTS)
        .uid("detect")
        .setDescription("Detect: ingress gate, then all Sigma rules in force");
  }
}
