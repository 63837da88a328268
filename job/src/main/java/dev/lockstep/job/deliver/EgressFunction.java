package dev.lockstep.job.deliver;

import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledFunction;
import dev.lockstep.job.state.SideOutputs;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Gives each alert its lane by flag, or counts it as off. */
final class EgressFunction extends ControlledFunction<AlertRecord, AlertRecord> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final String engine;
  private final ActiveFlags.Policy flagPolicy;

  // -- runtime
  private transient @Nullable Counts counts;
  private transient @Nullable ActiveFlags flags;

  EgressFunction(String engine, ActiveFlags.Policy flagPolicy) {
    super(engine, TypeInformation.of(AlertRecord.class));
    this.engine = engine;
    this.flagPolicy = flagPolicy;
  }

  @Override
  protected void prepare(EngineMetrics metrics) {
    counts =
        new Counts(
            metrics.counters("alertsLive", "customer"),
            metrics.counters("alertsShadow", "customer"),
            metrics.counters("alertsOff", "customer"),
            metrics.counters("flagReasons", "reason"));
    flags = flagPolicy.start();
  }

  @Override
  protected void apply(ControlUpdate update) {
    switch (update.kind()) {
      case FLAGS -> flags().replace(update);
      case RULES -> {
        // Alerts carry all that the gate needs of their rule.
      }
    }
  }

  @Override
  protected boolean ready() {
    return flags().decisions() != null;
  }

  @Override
  protected void handle(AlertRecord record, SideOutputs sideOutputs, Collector<AlertRecord> out) {
    Alert alert = AlertJson.read(record.json);
    FlagDecisions decisions = requireNonNull(flags().decisions(), "not ready");
    Routing routing = EgressGate.route(alert, engine, decisions);
    Counts prepared = requireNonNull(counts, "prepare was not called");
    if (routing == null) {
      prepared.alertsOff.of(alert.customer()).inc();
      return;
    }
    Lane lane = routing.lane();
    prepared.of(lane).of(alert.customer()).inc();
    prepared.flagReasons.of(routing.reason()).inc();
    out.collect(
        new AlertRecord(
            record.alertId,
            record.customer,
            record.ruleId,
            lane.wireName(),
            AlertJson.write(alert.routed(routing))));
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

    LabelledCounters of(Lane lane) {
      return lane == Lane.LIVE ? alertsLive : alertsShadow;
    }
  }
}
