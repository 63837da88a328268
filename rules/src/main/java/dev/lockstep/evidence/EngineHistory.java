package dev.lockstep.evidence;

import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.EventFate;
import dev.lockstep.statistics.Latency;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one engine did, period by period, for some customers together. */
public final class EngineHistory {

  private static final double NANOS_OF_A_MICRO = 1000;

  private final String engine;
  private final SortedMap<Instant, Counts> periods = new TreeMap<>();
  private final Counts total = new Counts();

  private EngineHistory(String engine) {
    this.engine = engine;
  }

  /**
   * Adds up the statistics of an engine.
   *
   * @param customers whose; all if it is empty
   * @param since periods that end after it; null for all
   */
  public static EngineHistory of(
      String engine,
      Collection<CustomerStatistics> all,
      Collection<String> customers,
      @Nullable Instant since) {
    EngineHistory history = new EngineHistory(engine);
    for (CustomerStatistics each : all) {
      boolean counts = customers.isEmpty() || customers.contains(each.customer());
      if (each.engine().equals(engine) && counts && (since == null || each.to().isAfter(since))) {
        history
            .periods
            .computeIfAbsent(each.from(), begin -> new Counts())
            .addAll(each.counts(), Integer.MAX_VALUE);
        history.total.addAll(each.counts(), Integer.MAX_VALUE);
      }
    }
    return history;
  }

  public String engine() {
    return engine;
  }

  /** Whether the engine keeps no statistics. */
  public boolean isEmpty() {
    return periods.isEmpty();
  }

  /** Events that were judged, by the begin of their period. */
  public SortedMap<Instant, Long> judged() {
    SortedMap<Instant, Long> judged = new TreeMap<>();
    periods.forEach((begin, counts) -> judged.put(begin, counts.of(EventFate.JUDGED)));
    return judged;
  }

  /** Alerts that went live, by the begin of their period. */
  public SortedMap<Instant, Long> live() {
    SortedMap<Instant, Long> live = new TreeMap<>();
    periods.forEach((begin, counts) -> live.put(begin, counts.sum(Counted.LIVE)));
    return live;
  }

  public long totalJudged() {
    return total.of(EventFate.JUDGED);
  }

  public long totalGated() {
    return total.of(EventFate.GATED);
  }

  public long total(Counted counted) {
    return total.sum(counted);
  }

  /** How long after their events alerts were sent; empty if the engine does not say. */
  public Optional<Latency> latency() {
    return Latency.of(total);
  }

  /** What judging an event cost, in microseconds; an estimate, 0 without events. */
  public double microsPerEvent() {
    long judged = totalJudged();
    return judged == 0 ? 0 : total.sum(Counted.COST_NANOS) / NANOS_OF_A_MICRO / judged;
  }
}
