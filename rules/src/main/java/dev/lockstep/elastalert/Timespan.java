package dev.lockstep.elastalert;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** A length of time, at least a second. */
record Timespan(long seconds) {
  /** What a map of a length of time may name, in milliseconds. */
  static final Map<String, Long> UNITS =
      Map.of(
          "weeks", 604_800_000L,
          "days", 86_400_000L,
          "hours", 3_600_000L,
          "minutes", 60_000L,
          "seconds", 1000L,
          "milliseconds", 1L);

  private static final long MAX_SECONDS = 10 * 366 * 86_400L;
  private static final List<Map.Entry<String, Long>> SYMBOLS =
      List.of(
          Map.entry("w", 604_800L),
          Map.entry("d", 86_400L),
          Map.entry("h", 3600L),
          Map.entry("m", 60L));

  Timespan {
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException("a timespan of " + seconds + " seconds");
    }
  }

  /** Whether there can be a timespan of so many milliseconds; part of a second counts as one. */
  static boolean admits(BigDecimal millis) {
    return millis.signum() > 0 && millis.compareTo(BigDecimal.valueOf(MAX_SECONDS * 1000)) <= 0;
  }

  static Timespan ofMillis(BigDecimal millis) {
    return new Timespan(
        millis.divide(BigDecimal.valueOf(1000), 0, RoundingMode.CEILING).longValueExact());
  }

  static Timespan ofDays(int days) {
    return new Timespan(days * 86_400L);
  }

  Timespan orAtMost(Timespan other) {
    return seconds <= other.seconds ? this : other;
  }

  /** As Sigma writes it, in the largest unit that divides it; weeks only from two on. */
  @Override
  public String toString() {
    for (Map.Entry<String, Long> symbol : SYMBOLS) {
      boolean oneWeek = symbol.getKey().equals("w") && seconds == symbol.getValue();
      if (seconds % symbol.getValue() == 0 && !oneWeek) {
        return seconds / symbol.getValue() + symbol.getKey();
      }
    }
    return seconds + "s";
  }
}
