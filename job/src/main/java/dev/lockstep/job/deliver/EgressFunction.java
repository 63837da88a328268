package dev.lockstep.job.deliver;

import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.AlertHead;
import dev.lockstep.alert.Lane;
import dev.lockstep.alert.WrittenRoutings;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledFunction;
import dev.lockstep.job.state.ControlledTask;
import dev.lockstep.job.state.Counting;
import dev.lockstep.job.state.SideOutputs;
import dev.lockstep.job.state.Tally;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Gives each alert its lane by flag, or counts it as off. */
final class EgressFunction extends ControlledFunction<AlertRecord, AlertRecord> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final String engine;
  private final List<String> compared;
  private final ActiveFlags.Policy flagPolicy;
  private final Counting counting;

  // -- runtime
  private transient @Nullable Counters counters;
  private transient @Nullable Tally tally;
  private transient @Nullable ControlledTask task;
  private transient @Nullable ActiveFlags flags;
  private transient @Nullable WrittenRoutings routings;

  /**
   * Begins without flags.
   *
   * @param compared engines that are compared; each alert says where its flags send it in these
   */
  EgressFunction(
      String engine, List<String> compared, ActiveFlags.Policy flagPolicy, Counting counting) {
    super(engine, TypeInformation.of(AlertRecord.class));
    this.engine = engine;
    this.compared = new ArrayList<>(compared);
    this.flagPolicy = flagPolicy;
    this.counting = counting;
  }

  @Override
  protected void prepare(EngineMetrics metrics, ControlledTask task) {
    this.task = task;
    tally = counting.start();
    counters =
        new Counters(
            metrics.counters("alertsLive", "customer"),
            metrics.counters("alertsShadow", "customer"),
            metrics.counters("alertsOff", "customer"),
            metrics.counters("flagReasons", "reason"),
            metrics.histogram("eventToAlertMillis"));
    flags = flagPolicy.start();
    routings = new WrittenRoutings();
  }

  @Override
  protected boolean apply(ControlUpdate update) {
    switch (update.kind()) {
      case FLAGS, CUSTOMERS -> flags().replace(update);
      case RULES, QUARANTINE, CORRELATIONS -> {
        // Alerts carry all that the gate needs of their rule.
      }
    }
    return true;
  }

  @Override
  protected boolean ready() {
    return flags().decisions() != null;
  }

  @Override
  protected void handle(AlertRecord record, SideOutputs sideOutputs, Collector<AlertRecord> out) {
    AlertHead alert = record.head == null ? AlertHead.read(record.json) : record.head;
    FlagDecisions decisions = requireNonNull(flags().decisions(), "not ready");
    FlagDecision<Disposition> decision = EgressGate.decide(alert, engine, decisions);
    Counters prepared = requireNonNull(counters, "prepare was not called");
    prepared.of(decision.value()).of(alert.customer()).inc();
    prepared.flagReasons.of(decision.reason()).inc();
    Counts counts = tally().of(alert.customer(), countedAt(record, alert));
    counts.add(counted(decision.value()), record.ruleId, 1);
    counts.add(Counted.FLAGS, decisions.version(), 1);
    if (decision.value() != Disposition.OFF) {
      long now = requireNonNull(task, "prepare was not called").clockMillis();
      long millis = now - alert.occurredAt().toEpochMilli();
      prepared.eventToAlertMillis.update(millis);
      counts.add(Counted.LATENCY, Latency.label(millis), 1);
    }
    laneOf(decision.value())
        .map(lane -> routing(lane, alert, decision, decisions))
        .ifPresent(routing -> out.collect(routed(record, alert, routing)));
  }

  /** One that had to wait counts where it was sent: nothing comes into a period that is over. */
  private static long countedAt(AlertRecord record, AlertHead alert) {
    return record.waitedUntilMillis > 0
        ? record.waitedUntilMillis - 1
        : alert.occurredAt().toEpochMilli();
  }

  private static Counted counted(Disposition disposition) {
    return switch (disposition) {
      case LIVE -> Counted.LIVE;
      case SHADOW -> Counted.SHADOW;
      case OFF -> Counted.OFF;
    };
  }

  @Override
  protected void onWatermark(long watermarkMillis, SideOutputs sideOutputs) {
    counting.tellAt(watermarkMillis, tally(), sideOutputs);
  }

  @Override
  protected void flush(SideOutputs sideOutputs) {
    counting.tell(tally(), sideOutputs);
  }

  private Routing routing(
      Lane lane, AlertHead alert, FlagDecision<Disposition> decision, FlagDecisions decisions) {
    return new Routing(
        lane,
        decisions.version(),
        decision.reason(),
        EgressGate.lanes(alert, engine, decision.value(), compared, decisions),
        List.of());
  }

  private static Optional<Lane> laneOf(Disposition disposition) {
    return switch (disposition) {
      case LIVE -> Optional.of(Lane.LIVE);
      case SHADOW -> Optional.of(Lane.SHADOW);
      case OFF -> Optional.empty();
    };
  }

  private AlertRecord routed(AlertRecord record, AlertHead alert, Routing routing) {
    return new AlertRecord(
        record.alertId,
        record.customer,
        record.ruleId,
        routing.lane().wireName(),
        alert.routed(record.json, requireNonNull(routings, "prepare was not called").of(routing)));
  }

  @Override
  public void close() {
    if (flags != null) {
      flags.close();
    }
  }

  private ActiveFlags flags() {
    return requireNonNull(flags, "prepare was not called");
  }

  private Tally tally() {
    return requireNonNull(tally, "prepare was not called");
  }

  private record Counters(
      LabelledCounters alertsLive,
      LabelledCounters alertsShadow,
      LabelledCounters alertsOff,
      LabelledCounters flagReasons,
      Histogram eventToAlertMillis) {

    LabelledCounters of(Disposition disposition) {
      return switch (disposition) {
        case LIVE -> alertsLive;
        case SHADOW -> alertsShadow;
        case OFF -> alertsOff;
      };
    }
  }
}
