package dev.lockstep.job.deliver;

import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
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
import dev.lockstep.job.state.SideOutputs;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Gives each alert its lane by flag, or counts it as off. */
final class EgressFunction extends ControlledFunction<AlertRecord, AlertRecord> {

  private static final long serialVersionUID = 1L;

  /** The last ones, of which the metric tells quantiles. */
  private static final int LATENCIES_REMEMBERED = 1_000;

  // -- configuration
  private final String engine;
  private final ActiveFlags.Policy flagPolicy;

  // -- runtime
  private transient @Nullable Counts counts;
  private transient @Nullable Histogram eventToAlert;
  private transient @Nullable ControlledTask task;
  private transient @Nullable ActiveFlags flags;

  EgressFunction(String engine, ActiveFlags.Policy flagPolicy) {
    super(engine, TypeInformation.of(AlertRecord.class));
    this.engine = engine;
    this.flagPolicy = flagPolicy;
  }

  @Override
  protected void prepare(EngineMetrics metrics, ControlledTask task) {
    counts =
        new Counts(
            metrics.counters("alertsLive", "customer"),
            metrics.counters("alertsShadow", "customer"),
            metrics.counters("alertsOff", "customer"),
            metrics.counters("flagReasons", "reason"));
    eventToAlert =
        metrics
            .group()
            .histogram(
                "eventToAlertMillis", new DescriptiveStatisticsHistogram(LATENCIES_REMEMBERED));
    this.task = task;
    flags = flagPolicy.start();
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
    Alert alert = AlertJson.read(record.json);
    FlagDecisions decisions = requireNonNull(flags().decisions(), "not ready");
    FlagDecision<Disposition> decision = EgressGate.decide(alert, engine, decisions);
    Counts prepared = requireNonNull(counts, "prepare was not called");
    prepared.of(decision.value()).of(alert.customer()).inc();
    prepared.flagReasons.of(decision.reason()).inc();
    requireNonNull(eventToAlert, "prepare was not called")
        .update(
            requireNonNull(task, "prepare was not called").clockMillis()
                - alert.occurredAt().toEpochMilli());
    laneOf(decision.value())
        .map(lane -> new Routing(lane, decisions.version(), decision.reason()))
        .ifPresent(routing -> out.collect(routed(record, alert, routing)));
  }

  private static Optional<Lane> laneOf(Disposition disposition) {
    return switch (disposition) {
      case LIVE -> Optional.of(Lane.LIVE);
      case SHADOW -> Optional.of(Lane.SHADOW);
      case OFF -> Optional.empty();
    };
  }

  private static AlertRecord routed(AlertRecord record, Alert alert, Routing routing) {
    return new AlertRecord(
        record.alertId,
        record.customer,
        record.ruleId,
        routing.lane().wireName(),
        AlertJson.write(alert.routed(routing)));
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

  private record Counts(
      LabelledCounters alertsLive,
      LabelledCounters alertsShadow,
      LabelledCounters alertsOff,
      LabelledCounters flagReasons) {

    LabelledCounters of(Disposition disposition) {
      return switch (disposition) {
        case LIVE -> alertsLive;
        case SHADOW -> alertsShadow;
        case OFF -> alertsOff;
      };
    }
  }
}
