package dev.lockstep.cli.report;

import dev.lockstep.parity.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and verdicts as the page says them. Times are UTC. */
final class Words {

  private static final DateTimeFormatter MOMENT = formatter("d MMM uuuu, HH:mm:ss 'UTC'");
  private static final DateTimeFormatter HOUR = formatter("d MMM HH:mm");
  private static final double PERCENT = 100;

  private Words() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  static String moment(Instant instant) {
    return MOMENT.format(instant);
  }

  static String hour(Instant instant) {
    return HOUR.format(instant);
  }

  static String count(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  /** Never 100 % or 0 % unless it is all or nothing. */
  static String share(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    double percent = PERCENT * part / whole;
    if (part == whole || part == 0) {
      return String.format(Locale.ENGLISH, "%.0f %%", percent);
    }
    return percent > 99.99
        ? "> 99.99 %"
        : percent < 0.01 ? "< 0.01 %" : String.format(Locale.ENGLISH, "%.2f %%", percent);
  }

  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200
            ? seconds / 60 + " min"
            : seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }

  static String name(Verdict verdict) {
    return switch (verdict) {
      case MATCHED -> "matched";
      case EXPECTED -> "expected";
      case DIFFERS -> "differs";
      case ONLY_LIVE -> "in one engine only (live)";
      case ONLY_SHADOW -> "in one engine only (shadow)";
      case NEAR_MATCH -> "near match";
      case DUPLICATE_LIVE -> "live twice";
      case WRONG_LANE -> "wrong lane";
      case CONTENT_SKEW -> "rules in exchange";
      case RESCUED -> "rescued";
      case NOT_COMPARED -> "not compared";
      case LATE -> "too late";
    };
  }

  static String meaning(Verdict verdict) {
    return switch (verdict) {
      case MATCHED -> "Both engines raised it, equal in everything that counts.";
      case EXPECTED -> "It differs only in ways that somebody has declared, and that are not over.";
      case DIFFERS -> "Both engines raised it, and fields differ.";
      case ONLY_LIVE -> "One engine raised it and sent it live; the other has nothing.";
      case ONLY_SHADOW -> "One engine raised it and sent it to shadow; the other has nothing.";
      case NEAR_MATCH -> "Each engine found the same thing under an id of its own.";
      case DUPLICATE_LIVE -> "It was sent live more than once.";
      case WRONG_LANE -> "It lies in another lane than its flags or the stage of its rule say.";
      case CONTENT_SKEW -> "It differs or is missing while the engines exchanged rules.";
      case RESCUED ->
          "Neither engine sent it live, each because the other should have; parity did.";
      case NOT_COMPARED -> "Flags kept the other engine from it, so there is nothing to compare.";
      case LATE -> "It came when nothing was known any more of what the other engine had found.";
    };
  }
}
