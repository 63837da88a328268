package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.CappedMatches;
import dev.lockstep.job.state.ControlledTask;
import dev.lockstep.job.state.States;
import dev.lockstep.sigma.RuleBudget;
import dev.lockstep.sigma.SigmaRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.MapState;

/**
 * Lets a rule send so many alerts of a key in each minute of event time. The first one beyond is
 * kept, the others are counted on it, and it is sent when the minute is over: nobody is flooded,
 * and nothing is gone.
 *
 * <p>Counts below the budget are in memory alone, so after a restart a minute has its budget once
 * more.
 */
final class MatchCap {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** More counts than that at once are of customers and rules that come and go. */
  private static final int MAX_COUNTS = 100_000;

  private final int defaultBudget;
  private final ControlledTask task;
  private final MapState<String, CappedMatches> capped;
  private final LabelledCounters cappedCounters;
  private final Map<String, Map<String, Count>> counts = new HashMap<>();
  private int size;

  MatchCap(int defaultBudget, ControlledTask task, EngineMetrics metrics) {
    this.defaultBudget = defaultBudget;
    this.task = task;
    this.capped = task.keyedState().getMapState(States.CAPPED_MATCHES);
    this.cappedCounters = metrics.counters("alertsCapped", "rule");
  }

  /**
   * Sends the alert of a match of the current key, or keeps or counts it.
   *
   * @param alert makes the alert if it is needed; empty if it cannot be sent, and has been seen to
   * @return whether this is the first match over the budget in its minute
   */
  boolean add(
      SigmaRule rule,
      long occurredAtMillis,
      Supplier<Optional<AlertRecord>> alert,
      Consumer<AlertRecord> out)
      throws Exception {
    long watermark = task.watermarkMillis();
    // A minute that is over is never begun again, unless time itself has ended.
    boolean late = watermark > occurredAtMillis && watermark != Long.MAX_VALUE;
    Count count = countOf(rule, late ? watermark : occurredAtMillis);
    count.matches++;
    if (count.matches <= count.budget) {
      alert.get().ifPresent(out);
      return false;
    }
    cappedCounters.of(rule.id()).inc();
    String place = count.untilMillis + " " + rule.id();
    CappedMatches over = capped.get(place);
    if (over != null) {
      over.others++;
      capped.put(place, over);
      return false;
    }
    Optional<AlertRecord> first = alert.get();
    if (first.isPresent()) {
      capped.put(place, new CappedMatches(first.get()));
      task.wakeAt(count.untilMillis);
    }
    return true;
  }

  /**
   * Sends what stands for the matches over the budget in the minutes of the current key that are
   * over.
   */
  void send(long nowMillis, Consumer<AlertRecord> out) throws Exception {
    Map<String, CappedMatches> over = new HashMap<>();
    for (Map.Entry<String, CappedMatches> entry : capped.entries()) {
      if (untilOf(entry.getKey()) <= nowMillis) {
        over.put(entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<String, CappedMatches> entry : over.entrySet()) {
      out.accept(
          StandingAlert.of(
              entry.getValue().first, entry.getValue().others, untilOf(entry.getKey())));
      capped.remove(entry.getKey());
    }
  }

  private static long untilOf(String place) {
    return Long.parseLong(place.substring(0, place.indexOf(' ')));
  }

  private Count countOf(SigmaRule rule, long millis) {
    Map<String, Count> ofKey = counts.get(task.currentKey());
    Count count = ofKey == null ? null : ofKey.get(rule.id());
    if (count == null || millis >= count.untilMillis) {
      if (count == null && size >= MAX_COUNTS) {
        counts.clear();
        size = 0;
      }
      size += count == null ? 1 : 0;
      long until = millis - Math.floorMod(millis, MINUTE) + MINUTE;
      count = new Count(until, RuleBudget.of(rule).matchesPerMinute().orElse(defaultBudget));
      counts.computeIfAbsent(task.currentKey(), key -> new HashMap<>()).put(rule.id(), count);
    }
    return count;
  }

  /** The matches of a rule and a key in the minute that ends then. */
  private static final class Count {
    private final long untilMillis;
    private final int budget;
    private long matches;

    Count(long untilMillis, int budget) {
      this.untilMillis = untilMillis;
      this.budget = budget;
    }
  }
}
