package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.config.LockstepConfig.RuleLimits;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.ActiveFlags;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledFunction;
import dev.lockstep.job.state.ControlledTask;
import dev.lockstep.job.state.Counting;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.state.SideOutputs;
import dev.lockstep.job.state.Tally;
import dev.lockstep.sigma.RuleBudget;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.EventFate;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets events in by flag and judges them by all rules in force. */
final class DetectFunction extends ControlledFunction<EventRecord, AlertRecord> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DetectFunction.class);

  // -- configuration
  private final AlertAssembly assembly;
  private final ActiveFlags.Policy flagPolicy;
  private final RuleCompiler compiler;
  private final LockstepConfig.Lateness lateness;
  private final OutputTag<DeadLetterRecord> deadLetters;
  private final OutputTag<ControlNotice> notices;
  private final OutputTag<StatusRecord> ruleStatus;
  private final OutputTag<GroupOccurrences> occurrences;
  private final RuleLimits limits;
  private final Counting counting;
  private final boolean waitsForRules;

  // -- runtime
  private transient @Nullable RulesInForce inForce;
  private transient @Nullable Counters counters;
  private transient @Nullable Tally tally;
  private transient @Nullable MatchCap cap;
  private transient @Nullable EventJudge judge;
  private transient @Nullable EventLetters eventLetters;
  private transient @Nullable ActiveFlags flags;
  private transient @Nullable ControlledTask task;

  DetectFunction(
      AlertAssembly assembly,
      ActiveFlags.Policy flagPolicy,
      RuleCompiler compiler,
      LockstepConfig.Lateness lateness,
      OutputTag<DeadLetterRecord> deadLetters,
      OutputTag<ControlNotice> notices,
      OutputTag<StatusRecord> ruleStatus,
      OutputTag<GroupOccurrences> occurrences,
      RuleLimits limits,
      Counting counting,
      boolean waitsForRules) {
    super(assembly.engine(), TypeInformation.of(EventRecord.class));
    this.assembly = assembly;
    this.flagPolicy = flagPolicy;
    this.compiler = compiler;
    this.lateness = lateness;
    this.deadLetters = deadLetters;
    this.notices = notices;
    this.ruleStatus = ruleStatus;
    this.occurrences = occurrences;
    this.limits = limits;
    this.counting = counting;
    this.waitsForRules = waitsForRules;
  }

  @Override
  protected void prepare(EngineMetrics metrics, ControlledTask task) {
    tally = counting.start();
    counters =
        new Counters(
            metrics.counters("eventsGated", "customer"),
            metrics.counters("flagReasons", "reason"),
            metrics.counter("eventsLate"));
    cap = new MatchCap(limits.matchesPerMinute(), task, metrics);
    CappedStatus status = new CappedStatus(assembly.engine());
    judge =
        new EventJudge(
            assembly,
            cap,
            new RuleWatch(
                limits.timeShare(),
                limits.faultsPerMinute(),
                System::nanoTime,
                (rule, reason) -> quarantine(rule, reason, task),
                metrics),
            (rule, event) -> overBudget(rule, event, status, task),
            metrics);
    eventLetters = new EventLetters(deadLetters, metrics);
    flags = flagPolicy.start();
    this.task = task;
    inForce = new RulesInForce(compiler, task, metrics, notices);
  }

  @Override
  protected boolean apply(ControlUpdate update) {
    return switch (update.kind()) {
      case RULES -> {
        inForce().replace(update);
        if (waitsForRules) {
          settleNow();
        }
        yield false;
      }
      case QUARANTINE -> {
        inForce().hold(update.quarantine());
        yield true;
      }
      case FLAGS, CUSTOMERS -> {
        flags().replace(update);
        tellOfFlags(update);
        yield true;
      }
      case CORRELATIONS -> true;
    };
  }

  private void settleNow() {
    try {
      inForce().settle();
    } catch (Exception e) {
      throw new IllegalStateException("Rules cannot be compiled", e);
    }
  }

  @Override
  protected void settle() throws Exception {
    inForce().settle();
  }

  @Override
  protected boolean ready() {
    return inForce().rules() != null && flags().decisions() != null;
  }

  /** Against event time of that moment: an event that is held is not late for having waited. */
  @Override
  protected void arrive(EventRecord event, long watermarkMillis) {
    if (event.retry == null && lateness.isLate(event.occurredAtMillis, watermarkMillis)) {
      event.late = true;
      counters().eventsLate.inc();
    }
  }

  @Override
  protected void handle(EventRecord event, SideOutputs sideOutputs, Collector<AlertRecord> out)
      throws Exception {
    EventLetters.Writing letters =
        requireNonNull(eventLetters, "prepare was not called").about(event, sideOutputs);
    Counts counts = tally().of(event.customer, event.occurredAtMillis);
    if (event.retry == null) {
      counts.add(Counted.EVENTS, EventFate.IN.label(), 1);
    }
    if (admitted(event, counts)) {
      requireNonNull(judge, "prepare was not called")
          .judge(
              requireNonNull(inForce().rules(), "not ready"),
              inForce().sequence(),
              event,
              letters,
              counts,
              occurrence -> sideOutputs.emit(occurrences, occurrence),
              out::collect);
      if (event.late && lateness.kept()) {
        letters.keep(DeadLetterClass.LATE, /* ruleId= */ null, lateReason(event));
      }
    } else {
      counters().eventsGated.of(event.customer).inc();
      if (event.retry == null) {
        counts.add(Counted.EVENTS, EventFate.GATED.label(), 1);
      } else {
        letters.postpone(event.retry, "the ingress flag does not let it in any more");
      }
    }
    letters.end();
  }

  @Override
  protected void onEventTime(long millis, Collector<AlertRecord> out) throws Exception {
    requireNonNull(cap, "prepare was not called").send(millis, out::collect);
  }

  @Override
  protected void onWatermark(long watermarkMillis, SideOutputs sideOutputs) {
    counting.tellAt(watermarkMillis, tally(), sideOutputs);
  }

  @Override
  protected void flush(SideOutputs sideOutputs) {
    counting.tell(tally(), sideOutputs);
  }

  /**
   * Which set decides here now, for the status of the engine; an operator that starts says it
   * later.
   */
  private void tellOfFlags(ControlUpdate update) {
    FlagDecisions decisions = flags().decisions();
    if (decisions != null) {
      ControlledTask own = requireNonNull(task, "prepare was not called");
      ControlNotice notice =
          new ControlNotice(
              ControlNotice.Kind.FLAGS, update.sequence, decisions.version(), own.clockMillis());
      notice.subtask = own.subtask();
      notice.parallelism = own.parallelism();
      own.later(() -> own.sideOutputs().emit(notices, notice), "tell of flags");
    }
  }

  /** Out of force here at once, elsewhere when the status has come back. */
  private void quarantine(SigmaRule rule, String reason, ControlledTask task) {
    LOG.warn("Rule {} is taken out of force: {}", rule.id(), reason);
    task.later(() -> inForce().hold(rule), "quarantine a rule");
    Instant since = Instant.ofEpochMilli(task.clockMillis());
    task.sideOutputs()
        .emit(
            ruleStatus,
            RuleTrouble.record(
                assembly.engine(),
                "quarantined",
                rule.id(),
                rule.contentHash(),
                version(),
                since,
                reason));
  }

  private String version() {
    ActiveRules rules = inForce().rules();
    return rules == null ? "" : rules.version();
  }

  /** What is beyond is counted on an alert that is sent whatever becomes of the rule. */
  private void overBudget(
      SigmaRule rule, EventRecord event, CappedStatus status, ControlledTask task) {
    String what =
        "more matches in a minute than its budget, of customer %s and perhaps of others; those beyond are counted on the last alert of the minute"
            .formatted(event.customer);
    switch (RuleBudget.of(rule).beyond()) {
      case CAP ->
          status
              .of(rule.id(), rule.contentHash(), version(), task.clockMillis(), what)
              .ifPresent(record -> task.sideOutputs().emit(ruleStatus, record));
      case QUARANTINE -> quarantine(rule, what + " (lockstep.budget.beyond)", task);
    }
  }

  private String lateReason(EventRecord event) {
    return "the event of %s came more than %s behind event time; it was judged as usual"
        .formatted(
            Instant.ofEpochMilli(event.occurredAtMillis),
            TimeUtils.formatWithHighestUnit(lateness.allowed()));
  }

  private boolean admitted(EventRecord event, Counts counts) {
    FlagSubject subject =
        new FlagSubject(event.customer, assembly.engine(), event.id, /* rule= */ null);
    FlagDecisions decisions = requireNonNull(flags().decisions(), "not ready");
    FlagDecision<Boolean> decision = decisions.ingress(subject);
    if (event.retry == null) {
      counts.add(Counted.FLAGS, decisions.version(), 1);
    }
    counters().flagReasons.of(decision.reason()).inc();
    return decision.value();
  }

  @Override
  public void close() {
    if (inForce != null) {
      inForce.close();
    }
    if (flags != null) {
      flags.close();
    }
  }

  private RulesInForce inForce() {
    return requireNonNull(inForce, "prepare was not called");
  }

  private ActiveFlags flags() {
    return requireNonNull(flags, "prepare was not called");
  }

  private Counters counters() {
    return requireNonNull(counters, "prepare was not called");
  }

  private Tally tally() {
    return requireNonNull(tally, "prepare was not called");
  }

  private record Counters(
      LabelledCounters eventsGated, LabelledCounters flagReasons, Counter eventsLate) {}
}
