package dev.lockstep.content;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Numbers in timelines. */
final class TimelineNumbers {
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

  private TimelineNumbers() {}

  /** Returns empty after having reported what is wrong. */
  static Optional<Long> whole(Node node, String key, long least, long most, YamlIssues issues) {
    Optional<Long> number =
        YamlMap.textOf(node, "'" + key + "'", issues)
            .filter(text -> isLike(WHOLE, text, node, "'" + key + "' is a whole number", issues))
            .map(Long::valueOf);
    if (number.isPresent() && (number.get() < least || number.get() > most)) {
      issues.report(node, "'%s' is from %d to %d".formatted(key, least, most));
      return Optional.empty();
    }
    return number;
  }

  /** Returns empty after having reported what is wrong. */
  static Optional<BigDecimal> decimal(Node node, String key, YamlIssues issues) {
    return YamlMap.textOf(node, "'" + key + "'", issues)
        .filter(text -> isLike(NUMBER, text, node, "'" + key + "' is a number", issues))
        .map(BigDecimal::new);
  }

  private static boolean isLike(
      Pattern form, String text, Node node, String what, YamlIssues issues) {
    boolean isLike = form.matcher(text).matches();
    if (!isLike) {
      issues.report(node, what + ", not '" + text + "'");
    }
    return isLike;
  }
}
