package dev.lockstep.sigma;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.Optional;

/** Spans of time as correlations write them (Sigma specification, "timespan"). */
final class Timespan {

  static final Duration LONGEST = Duration.ofDays(400);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhdw])");

  private Timespan() {}

  /** Reads a span of at least a second; returns empty after having reported why. */
  static Optional<Duration> read(YamlNode node, String what, Issues issues) {
    Optional<String> text = YamlText.of(node, what, issues);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> span = parse(text.get());
    if (span.isEmpty()) {
      issues.report(
          node.position(),
          "%s is a whole number and s, m, h, d or w, such as 15m, not '%s'"
              .formatted(what, text.get()));
    } else if (span.get().isZero() || span.get().compareTo(LONGEST) > 0) {
      issues.report(node.position(), "%s is from 1s to %dd".formatted(what, LONGEST.toDays()));
      return Optional.empty();
    }
    return span;
  }

  static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          case "d" -> Duration.ofDays(amount);
          default -> Duration.ofDays(7 * amount);
        });
  }
}
