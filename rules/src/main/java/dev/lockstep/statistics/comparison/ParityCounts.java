package dev.lockstep.statistics.comparison;

import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.Verdict.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parity's verdicts on the alerts of a period.
 *
 * @param verdicts how many alerts have each
 * @param noisy how many of them a control engine shows to be noise
 */
public record ParityCounts(Map<Verdict, Long> verdicts, long noisy) {

  public static final ParityCounts NONE = new ParityCounts(Map.of(), 0);

  private static final Duration HOUR = Duration.ofHours(1);

  public ParityCounts {
    verdicts = Map.copyOf(verdicts);
  }

  /**
   * Adds up the summaries of these two engines, customers and hours; of several of one part the
   * newest counts.
   *
   * @param customers whose; empty for all
   * @param from hours that end later
   * @param to hours that begin earlier
   */
  public static ParityCounts of(
      Collection<SummaryRecord> summaries,
      String first,
      String second,
      Set<String> customers,
      Instant from,
      Instant to) {
    Map<List<Object>, SummaryRecord> newest = new HashMap<>();
    for (SummaryRecord summary : summaries) {
      boolean meant =
          summary.engines().containsAll(List.of(first, second))
              && (customers.isEmpty() || customers.contains(summary.customer()))
              && summary.hour().plus(HOUR).isAfter(from)
              && summary.hour().isBefore(to);
      if (meant) {
        newest.merge(
            List.of(summary.customer(), summary.hour(), summary.part()),
            summary,
            (known, next) -> next.sequence() >= known.sequence() ? next : known);
      }
    }
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    long noisy = 0;
    for (SummaryRecord summary : newest.values()) {
      summary.verdicts().forEach((verdict, number) -> verdicts.merge(verdict, number, Long::sum));
      noisy += summary.noisy().values().stream().mapToLong(Long::longValue).sum();
    }
    return new ParityCounts(verdicts, noisy);
  }

  /** Returns how many alerts have a verdict. */
  public long judged() {
    return sum(Weight.GOOD) + sum(Weight.DIFFERENCE) + sum(Weight.EXPLAINED);
  }

  /** Returns how many differ, without those that are noise. */
  public long differing() {
    return Math.max(0, sum(Weight.DIFFERENCE) - noisy);
  }

  private long sum(Weight weight) {
    return verdicts.entrySet().stream()
        .filter(entry -> entry.getKey().weight() == weight)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
