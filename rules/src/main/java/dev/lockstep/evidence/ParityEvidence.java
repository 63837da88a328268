package dev.lockstep.evidence;

import dev.lockstep.parity.ParityRecord;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.Verdict.Weight;
import dev.lockstep.parity.VerdictRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of the topic {@code parity}, combined as they say themselves, so that it is all one
 * whether a record comes once or again. Not safe for use by several threads.
 */
public final class ParityEvidence {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Map<AlertKey, VerdictRecord> verdicts = new LinkedHashMap<>();
  private final Map<PartKey, SummaryRecord> summaries = new LinkedHashMap<>();

  private record AlertKey(String customer, String alertId) {}

  private record PartKey(String customer, Instant hour, long part) {}

  /** Takes the next record of the topic. */
  public void take(ParityRecord record) {
    if (record instanceof VerdictRecord verdict) {
      verdicts.put(new AlertKey(verdict.customer(), verdict.alertId()), verdict);
    } else if (record instanceof SummaryRecord summary) {
      summaries.merge(
          new PartKey(summary.customer(), summary.hour(), summary.part()),
          summary,
          (old, now) -> now.sequence() >= old.sequence() ? now : old);
    }
  }

  /**
   * Adds up what happened from a moment on.
   *
   * <p>Whole hours come from summaries. Of an hour that the moment lies in, the verdicts are
   * counted that are written one by one: all differences, and alerts that match only where an
   * option has them written. So there is rather too little that speaks for the engines than too
   * much.
   *
   * @param since event time; null for everything
   * @param customers whose alerts count; all if it is empty
   */
  public ParitySums sums(@Nullable Instant since, Collection<String> customers) {
    ParitySums sums = new ParitySums();
    for (SummaryRecord summary : summaries.values()) {
      if (isOf(summary, customers) && (since == null || !summary.hour().isBefore(since))) {
        sums.add(summary);
      }
    }
    for (VerdictRecord verdict : verdicts.values()) {
      if (since != null && isOf(verdict, customers) && isInBrokenHour(verdict, since)) {
        sums.add(verdict);
      }
    }
    return sums;
  }

  /**
   * The engines of the newest summary: the two that are compared, the one that was named first
   * first, and the control engine if there is one; empty if there is no summary.
   */
  public List<String> engines() {
    return summaries.values().stream()
        .max(
            Comparator.comparing(SummaryRecord::hour)
                .thenComparing(SummaryRecord::part)
                .thenComparing(SummaryRecord::sequence))
        .map(SummaryRecord::engines)
        .orElse(List.of());
  }

  private static boolean isInBrokenHour(VerdictRecord verdict, Instant since) {
    Instant hour =
        Instant.ofEpochSecond(
            Math.floorDiv(verdict.occurredAt().getEpochSecond(), HOUR.toSeconds())
                * HOUR.toSeconds());
    return hour.isBefore(since) && !verdict.occurredAt().isBefore(since);
  }

  /**
   * The verdicts that speak against the engines, noise and declared differences left out, the
   * newest first.
   */
  public List<VerdictRecord> differences(@Nullable Instant since, Collection<String> customers) {
    List<VerdictRecord> found = new ArrayList<>();
    for (VerdictRecord verdict : verdicts.values()) {
      boolean counts = verdict.verdict().weight() == Weight.DIFFERENCE && !verdict.noise();
      if (counts
          && isOf(verdict, customers)
          && (since == null || !verdict.occurredAt().isBefore(since))) {
        found.add(verdict);
      }
    }
    found.sort(Comparator.comparing(VerdictRecord::occurredAt).reversed());
    return found;
  }

  private static boolean isOf(ParityRecord record, Collection<String> customers) {
    return customers.isEmpty() || customers.contains(record.customer());
  }
}
