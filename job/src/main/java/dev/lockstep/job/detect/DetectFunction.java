package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledFunction;
import dev.lockstep.job.state.SideOutputs;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleFault;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.sigma.SigmaRule;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** Lets events in by flag and judges them by all rules in force. */
final class DetectFunction extends ControlledFunction<EventRecord, AlertRecord> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final AlertAssembly assembly;
  private final ActiveFlags.Policy flagPolicy;
  private final RuleCompiler compiler;
  private final LockstepConfig.Lateness lateness;
  private final OutputTag<DeadLetterRecord> deadLetters;

  // -- runtime
  private transient @Nullable Counts counts;
  private transient @Nullable EventLetters eventLetters;
  private transient @Nullable ActiveFlags flags;
  private transient @Nullable ActiveRules rules;

  DetectFunction(
      AlertAssembly assembly,
      ActiveFlags.Policy flagPolicy,
      RuleCompiler compiler,
      LockstepConfig.Lateness lateness,
      OutputTag<DeadLetterRecord> deadLetters) {
    super(assembly.engine(), TypeInformation.of(EventRecord.class));
    this.assembly = assembly;
    this.flagPolicy = flagPolicy;
    this.compiler = compiler;
    this.lateness = lateness;
    this.deadLetters = deadLetters;
  }

  @Override
  protected void prepare(EngineMetrics metrics) {
    counts =
        new Counts(
            metrics.counters("eventsGated", "customer"),
            metrics.counters("flagReasons", "reason"),
            metrics.counters("matches", "rule"),
            metrics.counter("eventsLate"),
            metrics.counter("retriesWithoutRule"));
    eventLetters = new EventLetters(deadLetters, metrics);
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

  /** Against event time of that moment: an event that is held is not late for having waited. */
  @Override
  protected void arrive(EventRecord event, long watermarkMillis) {
    if (event.retry == null && lateness.isLate(event.occurredAtMillis, watermarkMillis)) {
      event.late = true;
      counts().eventsLate.inc();
    }
  }

  @Override
  protected void handle(EventRecord event, SideOutputs sideOutputs, Collector<AlertRecord> out) {
    EventLetters.Writing letters =
        requireNonNull(eventLetters, "prepare was not called").about(event, sideOutputs);
    if (admitted(event)) {
      judge(event, letters, out);
      if (event.late && lateness.kept()) {
        letters.keep(DeadLetterClass.LATE, /* ruleId= */ null, lateReason(event));
      }
    } else {
      counts().eventsGated.of(event.customer).inc();
      if (event.retry != null) {
        letters.postpone(event.retry, "the ingress flag does not let it in any more");
      }
    }
    letters.end();
  }

  private String lateReason(EventRecord event) {
    return "the event of %s came more than %s behind event time; it was judged as usual"
        .formatted(
            Instant.ofEpochMilli(event.occurredAtMillis),
            TimeUtils.formatWithHighestUnit(lateness.allowed()));
  }

  private boolean admitted(EventRecord event) {
    FlagSubject subject =
        new FlagSubject(event.customer, assembly.engine(), event.id, /* rule= */ null);
    FlagDecision<Boolean> decision =
        requireNonNull(flags().decisions(), "not ready").ingress(subject);
    counts().flagReasons.of(decision.reason()).inc();
    return decision.value();
  }

  private void judge(EventRecord event, EventLetters.Writing letters, Collector<AlertRecord> out) {
    ActiveRules inForce = requireNonNull(rules, "not ready");
    String only = event.retry == null ? null : event.retry.ruleId;
    if (only != null && !inForce.has(only)) {
      counts().retriesWithoutRule.inc();
      return;
    }
    MatchResult result;
    try {
      result = inForce.program().judge(event.json, event.customer);
    } catch (MalformedEventException e) {
      letters.keep(DeadLetterClass.MALFORMED, /* ruleId= */ null, String.valueOf(e.getMessage()));
      return;
    }
    for (RuleMatch match : result.matches()) {
      if (isWanted(match.rule(), only)) {
        alert(event, match, letters, out);
      }
    }
    for (RuleFault fault : result.faults()) {
      if (isWanted(fault.rule(), only)) {
        String id = fault.rule().id();
        letters.keep(DeadLetterClass.RULE_ERROR, id, "rule " + id + " failed: " + fault.cause());
      }
    }
  }

  /** In the next try for one rule, the alerts of the others have been sent already. */
  private static boolean isWanted(SigmaRule rule, @Nullable String only) {
    return only == null || only.equals(rule.id());
  }

  private void alert(
      EventRecord event,
      RuleMatch match,
      EventLetters.Writing letters,
      Collector<AlertRecord> out) {
    String id = match.rule().id();
    counts().matches.of(id).inc();
    Optional<AlertRecord> alert =
        assembly.of(event, match, requireNonNull(rules, "not ready").version());
    if (alert.isPresent()) {
      out.collect(alert.get());
    } else {
      letters.keep(
          DeadLetterClass.RULE_ERROR, id, "the alert of rule " + id + " is too large for Kafka");
    }
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
      Counter eventsLate,
      Counter retriesWithoutRule) {}
}
