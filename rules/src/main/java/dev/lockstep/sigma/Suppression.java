package dev.lockstep.sigma;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often a rule sends alerts, where its author says so: the custom attribute {@code
 * lockstep.suppress}.
 *
 * @param by fields whose values are told apart; empty for all alerts of the rule and customer
 * @param period how long after an alert others are counted only
 * @param max how many alerts are sent in that time
 * @param exponential whether the period doubles each time that something was suppressed in it
 */
public record Suppression(List<String> by, Duration period, int max, boolean exponential) {

  static final int MOST = 1000;

  public Suppression {
    by = List.copyOf(by);
  }

  /** What a rule or correlation with these attributes, which have been checked, says. */
  public static Optional<Suppression> of(Map<String, Object> attributes) {
    if (attributes.get("lockstep") instanceof Map<?, ?> ours
        && ours.get("suppress") instanceof Map<?, ?> suppress
        && suppress.get("for") instanceof String period) {
      return Timespan.parse(period)
          .map(
              span ->
                  new Suppression(
                      texts(suppress.get("by")),
                      span,
                      suppress.get("max") instanceof BigDecimal max ? max.intValue() : 1,
                      "exponential".equals(suppress.get("realert"))));
    }
    return Optional.empty();
  }

  private static List<String> texts(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  /** Reports what is wrong with the attribute. */
  static void check(YamlNode node, Issues issues) {
    String path = "lockstep.suppress";
    if (!(node instanceof YamlNode.Members members)) {
      issues.report(node.position(), "'%s' is a map, this is %s".formatted(path, node.describe()));
      return;
    }
    CorrelationMap map = new CorrelationMap(members, path, issues);
    map.allowOnly(Set.of("by", "for", "max", "realert"));
    map.required("for").ifPresent(value -> Timespan.read(value, map.quoted("for"), issues));
    map.node("by").ifPresent(value -> map.names(value, "by"));
    map.whole("max", 1, MOST);
    map.node("realert")
        .flatMap(value -> YamlText.of(value, map.quoted("realert"), issues))
        .filter(text -> !text.equals("exponential"))
        .ifPresent(
            text -> issues.report(map.position(), map.quoted("realert") + " can be exponential"));
  }
}
