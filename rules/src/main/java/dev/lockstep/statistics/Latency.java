package dev.lockstep.statistics;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How long after their events alerts were sent. It is counted in classes, by their upper bounds of
 * 1, 2 and 5 times a power of ten, so that counts of subtasks, periods and customers can be added.
 *
 * @param halfMillis bound that half of the alerts keep; {@link #BEYOND} if it is above all bounds
 * @param mostMillis bound that 99 of 100 keep; {@link #BEYOND} likewise
 */
public record Latency(long halfMillis, long mostMillis) {

  /** What is slower than the last bound has none. */
  public static final long BEYOND = Long.MAX_VALUE;

  private static final long[] BOUNDS = {
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    1_000_000, 2_000_000, 5_000_000
  };
  private static final String SLOWER = "slower";

  /** The labels of the classes in milliseconds, the fastest first. */
  static final List<String> LABELS =
      Stream.concat(LongStream.of(BOUNDS).mapToObj(Long::toString), Stream.of(SLOWER)).toList();

  /** Returns the label of the class that an alert is counted in. */
  public static String label(long millis) {
    int i = 0;
    while (i < BOUNDS.length && millis > BOUNDS[i]) {
      i++;
    }
    return LABELS.get(i);
  }

  /** Returns the latency of the alerts that were counted; empty if there are none. */
  public static Optional<Latency> of(Counts counts) {
    long all = LABELS.stream().mapToLong(label -> counts.of(Counted.LATENCY, label)).sum();
    return all == 0
        ? Optional.empty()
        : Optional.of(new Latency(bound(counts, (all + 1) / 2), bound(counts, all - all / 100)));
  }

  private static long bound(Counts counts, long alerts) {
    long within = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      within += counts.of(Counted.LATENCY, LABELS.get(i));
      if (within >= alerts) {
        return BOUNDS[i];
      }
    }
    return BEYOND;
  }

  /** Returns a bound in words. */
  public static String words(long millis) {
    if (millis == BEYOND) {
      return "> %d s".formatted(BOUNDS[BOUNDS.length - 1] / 1000);
    }
    return millis < 1000 ? "≤ %d ms".formatted(millis) : "≤ %d s".formatted(millis / 1000);
  }
}
