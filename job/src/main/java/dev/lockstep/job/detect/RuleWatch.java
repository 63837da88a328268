package dev.lockstep.job.detect;

import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.program.RuleMeter;
import dev.lockstep.sigma.SigmaRule;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches what rules cost a subtask, by measuring one event of many, and how often they fail. A
 * rule that takes too much of the time in several spans in a row, so that a pause of the machine is
 * not taken for it, or that fails too often in a minute, is told of.
 */
final class RuleWatch implements RuleMeter {

  /** One event of so many is measured. */
  static final int SAMPLED = 64;

  /** A share of a time that only few events were measured in means nothing. */
  static final int LEAST_SAMPLES = 20;

  static final int SPANS_IN_A_ROW = 3;
  static final Duration SPAN = Duration.ofSeconds(10);

  /** Beyond so many rules something else is wrong. */
  private static final int MAX_RULES = 10_000;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final double maxTimeShare;
  private final int maxFaults;
  private final LongSupplier nanoClock;
  private final Culprits culprits;
  private final LabelledCounters costs;
  // By identity: to hash a rule is to walk through all that it asks. One that stays is one object.
  private final IdentityHashMap<SigmaRule, Cost> spent = new IdentityHashMap<>();
  private final IdentityHashMap<SigmaRule, Integer> spansOver = new IdentityHashMap<>();
  private final IdentityHashMap<SigmaRule, Integer> faults = new IdentityHashMap<>();
  private long events;
  private long spanBegan;
  private long minuteBegan;

  /**
   * @param maxTimeShare of the time of the subtask that one rule may take, 0 to 1
   * @param maxFaults how often one rule may fail in a minute
   * @param nanoClock only goes forward
   */
  RuleWatch(
      double maxTimeShare,
      int maxFaults,
      LongSupplier nanoClock,
      Culprits culprits,
      EngineMetrics metrics) {
    this.maxTimeShare = maxTimeShare;
    this.maxFaults = maxFaults;
    this.nanoClock = nanoClock;
    this.culprits = culprits;
    this.costs = metrics.counters("ruleCostNanos", "rule");
    this.spanBegan = nanoClock.getAsLong();
    this.minuteBegan = spanBegan;
  }

  /** Is told of rules that are to be taken out of force. */
  @FunctionalInterface
  interface Culprits {
    void add(SigmaRule rule, String reason);
  }

  /** Returns what to measure the next event with; null if it is not to be measured. */
  @Nullable RuleMeter next() {
    events++;
    if (events % SAMPLED != 0) {
      return null;
    }
    long now = nanoClock.getAsLong();
    if (now - spanBegan >= SPAN.toNanos()) {
      endSpan(now - spanBegan);
      spanBegan = now;
    }
    return this;
  }

  private void endSpan(long spanNanos) {
    IdentityHashMap<SigmaRule, Integer> over = new IdentityHashMap<>();
    spent.forEach(
        (rule, cost) -> {
          double share = (double) cost.nanos * SAMPLED / spanNanos;
          if (share > maxTimeShare && cost.samples >= LEAST_SAMPLES) {
            int spans = spansOver.getOrDefault(rule, 0) + 1;
            over.put(rule, spans);
            if (spans == SPANS_IN_A_ROW) {
              culprits.add(rule, reason(share));
            }
          }
        });
    spent.clear();
    spansOver.clear();
    spansOver.putAll(over);
  }

  private String reason(double share) {
    return String.format(
        Locale.ROOT,
        "it took %.0f %% of the time of a subtask for %d s, its budget is %.0f %%"
            + " (rules.max-time-share)",
        100 * share,
        SPANS_IN_A_ROW * SPAN.toSeconds(),
        100 * maxTimeShare);
  }

  /** Is told that a rule failed on an event. */
  void failed(SigmaRule rule, Throwable cause) {
    long now = nanoClock.getAsLong();
    if (now - minuteBegan >= MINUTE.toNanos() || faults.size() >= MAX_RULES) {
      faults.clear();
      minuteBegan = now;
    }
    if (faults.merge(rule, 1, Integer::sum) == maxFaults + 1) {
      culprits.add(
          rule,
          "it failed on more than %d events in a minute (rules.max-faults-per-minute): %s"
              .formatted(maxFaults, cause));
    }
  }

  @Override
  public long nanos() {
    return nanoClock.getAsLong();
  }

  @Override
  public void spent(SigmaRule rule, long nanos) {
    costs.of(rule.id()).inc(nanos * SAMPLED);
    if (spent.size() < MAX_RULES) {
      Cost cost = spent.computeIfAbsent(rule, key -> new Cost());
      cost.nanos += nanos;
      cost.samples++;
    }
  }

  private static final class Cost {
    private long nanos;
    private int samples;
  }
}
