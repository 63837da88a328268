package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleFault;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.program.RuleMeter;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.EventFate;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Judges events by the rules in force. The next try of a letter that one rule failed on is judged
 * by that rule alone: the alerts of the others have been sent already.
 */
final class EventJudge {

  private final AlertAssembly assembly;
  private final MatchCap cap;
  private final RuleWatch watch;
  private final BiConsumer<SigmaRule, EventRecord> overBudget;
  private final CorrelationFeed feed;
  private final LabelledCounters matches;
  private final Counter retriesWithoutRule;

  /**
   * @param overBudget is told of the first match of a rule over its budget in each minute
   */
  EventJudge(
      AlertAssembly assembly,
      MatchCap cap,
      RuleWatch watch,
      BiConsumer<SigmaRule, EventRecord> overBudget,
      EngineMetrics metrics) {
    this.assembly = assembly;
    this.cap = cap;
    this.watch = watch;
    this.overBudget = overBudget;
    this.feed = new CorrelationFeed(metrics);
    this.matches = metrics.counters("matches", "rule");
    this.retriesWithoutRule = metrics.counter("retriesWithoutRule");
  }

  /**
   * Hands over the alerts in rule order, and what correlations take; what cannot be judged goes to
   * {@code letters}.
   *
   * @param sequence of the rules in the control stream
   * @param counts of the event's customer and period
   */
  void judge(
      ActiveRules rules,
      long sequence,
      EventRecord event,
      EventLetters.Writing letters,
      Counts counts,
      Consumer<GroupOccurrences> occurrences,
      Consumer<AlertRecord> alerts)
      throws Exception {
    String only = event.retry == null ? null : event.retry.ruleId;
    if (only != null && !rules.has(only)) {
      retriesWithoutRule.inc();
      return;
    }
    if (only != null && event.retry != null && rules.isQuarantined(only)) {
      letters.postpone(event.retry, "the rule " + only + " is in quarantine");
      return;
    }
    MatchResult result;
    try {
      result = rules.program().judge(event.json, event.customer, meter(counts));
    } catch (MalformedEventException e) {
      letters.keep(DeadLetterClass.MALFORMED, /* ruleId= */ null, String.valueOf(e.getMessage()));
      return;
    }
    if (event.retry == null) {
      counts.add(Counted.EVENTS, EventFate.JUDGED.label(), 1);
      counts.add(Counted.BUNDLES, rules.version(), 1);
    }
    CorrelationFeed.Feeding feeding = feed.of(event, rules, sequence, occurrences);
    for (RuleMatch match : result.matches()) {
      if (isWanted(match.rule(), only)) {
        matches.of(match.rule().id()).inc();
        counts.add(Counted.MATCHES, match.rule().id(), 1);
        feeding.take(match);
        if (!rules.correlations().isSilent(match.rule().id())) {
          raise(match, event, rules.version(), letters, alerts);
        }
      }
    }
    for (RuleFault fault : result.faults()) {
      if (isWanted(fault.rule(), only)) {
        String id = fault.rule().id();
        watch.failed(fault.rule(), fault.cause());
        letters.keep(DeadLetterClass.RULE_ERROR, id, "rule " + id + " failed: " + fault.cause());
      }
    }
  }

  /** Tells the watch and the customer's counts; null for an event that is not measured. */
  private @Nullable RuleMeter meter(Counts counts) {
    RuleMeter watched = watch.next();
    return watched == null
        ? null
        : new RuleMeter() {
          @Override
          public long nanos() {
            return watched.nanos();
          }

          @Override
          public void spent(SigmaRule rule, long nanos) {
            watched.spent(rule, nanos);
            counts.add(Counted.COST_NANOS, rule.id(), nanos * RuleWatch.SAMPLED);
          }
        };
  }

  /** The next try of a letter is never over the budget: it has waited long enough. */
  private void raise(
      RuleMatch match,
      EventRecord event,
      String bundle,
      EventLetters.Writing letters,
      Consumer<AlertRecord> alerts)
      throws Exception {
    Supplier<Optional<AlertRecord>> alert = () -> alert(match, event, bundle, letters);
    if (event.retry != null) {
      alert.get().ifPresent(alerts);
    } else if (cap.add(match.rule(), event.occurredAtMillis, alert, alerts)) {
      overBudget.accept(match.rule(), event);
    }
  }

  private Optional<AlertRecord> alert(
      RuleMatch match, EventRecord event, String bundle, EventLetters.Writing letters) {
    Optional<AlertRecord> alert = assembly.of(event, match, bundle);
    if (alert.isEmpty()) {
      String id = match.rule().id();
      letters.keep(DeadLetterClass.RULE_ERROR, id, tooLarge(id));
    }
    return alert;
  }

  private static boolean isWanted(SigmaRule rule, @Nullable String only) {
    return only == null || only.equals(rule.id());
  }

  private static String tooLarge(String ruleId) {
    return "the alert of rule " + ruleId + " is too large for Kafka";
  }
}
