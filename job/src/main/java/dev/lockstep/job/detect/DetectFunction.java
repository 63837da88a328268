package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledFunction;
import dev.lockstep.job.state.SideOutputs;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleFault;
import dev.lockstep.program.RuleMatch;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Lets events in by flag and judges them by all rules in force. */
final class DetectFunction extends ControlledFunction<EventRecord, AlertRecord> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final AlertAssembly assembly;
  private final ActiveFlags.Policy flagPolicy;
  private final RuleCompiler compiler;
  private final OutputTag<DeadLetterRecord> deadLetters;

  // -- runtime
  private transient @Nullable Counts counts;
  private transient @Nullable ActiveFlags flags;
  private transient @Nullable ActiveRules rules;

  DetectFunction(
      AlertAssembly assembly,
      ActiveFlags.Policy flagPolicy,
      RuleCompiler compiler,
      OutputTag<DeadLetterRecord> deadLetters) {
    super(assembly.engine(), TypeInformation.of(EventRecord.class));
    this.assembly = assembly;
    this.flagPolicy = flagPolicy;
    this.compiler = compiler;
    this.deadLetters = deadLetters;
  }

  @Override
  protected void prepare(EngineMetrics metrics) {
    counts =
        new Counts(
            metrics.counters("eventsGated", "customer"),
            metrics.counters("flagReasons", "reason"),
            metrics.counters("matches", "rule"),
            metrics.counters("deadLetters", "class"));
    flags = flagPolicy.start();
    metrics.group().gauge("rulesActive", (Gauge<Integer>) () -> rules == null ? 0 : rules.count());
    metrics
        .group()
        .gauge("rulesUncovered", (Gauge<Integer>) () -> rules == null ? 0 : rules.uncovered());
  }

  @Override
  protected void apply(ControlUpdate update) {
    switch (update.kind()) {
      case RULES -> rules = compiler.compile(update.version, update.bundle());
      case FLAGS, CUSTOMERS -> flags().replace(update);
    }
  }

  @Override
  protected boolean ready() {
    return rules != null && flags().decisions() != null;
  }

  @Override
  protected void handle(EventRecord event, SideOutputs sideOutputs, Collector<AlertRecord> out) {
    if (admitted(event)) {
      judge(event, sideOutputs, out);
    } else {
      counts().eventsGated.of(event.customer).inc();
    }
  }

  private boolean admitted(EventRecord event) {
    FlagSubject subject =
        new FlagSubject(event.customer, assembly.engine(), event.id, /* rule= */ null);
    FlagDecision<Boolean> decision =
        requireNonNull(flags().decisions(), "not ready").ingress(subject);
    counts().flagReasons.of(decision.reason()).inc();
    return decision.value();
  }

  private void judge(EventRecord event, SideOutputs sideOutputs, Collector<AlertRecord> out) {
    ActiveRules inForce = requireNonNull(rules, "not ready");
    MatchResult result;
    try {
      result = inForce.program().judge(event.json, event.customer);
    } catch (MalformedEventException e) {
      keep(DeadLetterClass.MALFORMED, e.getMessage(), event, sideOutputs);
      return;
    }
    for (RuleMatch match : result.matches()) {
      counts().matches.of(match.rule().id()).inc();
      Optional<AlertRecord> alert = assembly.of(event, match, inForce.version());
      if (alert.isPresent()) {
        out.collect(alert.get());
      } else {
        String reason = "the alert of rule " + match.rule().id() + " is too large for Kafka";
        keep(DeadLetterClass.RULE_ERROR, reason, event, sideOutputs);
      }
    }
    for (RuleFault fault : result.faults()) {
      String reason = "rule " + fault.rule().id() + " failed: " + fault.cause();
      keep(DeadLetterClass.RULE_ERROR, reason, event, sideOutputs);
    }
  }

  private void keep(
      DeadLetterClass why, @Nullable String reason, EventRecord event, SideOutputs sideOutputs) {
    counts().deadLetters.of(why.name()).inc();
    sideOutputs.emit(
        deadLetters,
        new DeadLetterRecord(
            why, String.valueOf(reason), event.origin, event.customer, event.json));
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

  private Counts counts() {
    return requireNonNull(counts, "prepare was not called");
  }

  private record Counts(
      LabelledCounters eventsGated,
      LabelledCounters flagReasons,
      LabelledCounters matches,
      LabelledCounters deadLetters) {}
}
