package dev.lockstep.content;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Spans of time as timelines write them: a whole number and ms, s, m, h, d or w. */
final class TimelineSpan {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)");
  private static final int LONGEST_DAYS = 3650;
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;

  private TimelineSpan() {}

  /** Returns milliseconds; empty after having reported what is wrong. */
  static Optional<Long> read(Node node, String key, YamlIssues issues) {
    Optional<String> text = YamlMap.textOf(node, "'" + key + "'", issues);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text.get());
    if (!matcher.matches()) {
      issues.report(
          node,
          "'%s' is a whole number and ms, s, m, h, d or w, such as 90s, not '%s'"
              .formatted(key, text.get()));
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    long unit = unit(matcher.group(2));
    if (amount > LONGEST_DAYS * DAY / unit) {
      issues.report(node, "'%s' is at most %dd".formatted(key, LONGEST_DAYS));
      return Optional.empty();
    }
    return Optional.of(amount * unit);
  }

  static boolean isTooLong(long millis) {
    return millis > LONGEST_DAYS * DAY;
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      case "d" -> DAY;
      default -> WEEK;
    };
  }

  /** Writes a span as {@link #read} reads it: in seconds up to ten minutes, then in what fits. */
  static String of(long millis) {
    if (millis % SECOND != 0) {
      return millis + "ms";
    }
    if (millis <= 10 * MINUTE || millis % MINUTE != 0) {
      return millis / SECOND + "s";
    }
    if (millis % DAY == 0) {
      return millis / DAY + "d";
    }
    return millis % HOUR == 0 ? millis / HOUR + "h" : millis / MINUTE + "m";
  }
}
