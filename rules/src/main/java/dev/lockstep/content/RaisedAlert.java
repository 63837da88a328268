package dev.lockstep.content;

import dev.lockstep.sigma.RuleLevel;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An alert that a timeline has raised.
 *
 * @param rule id of the rule or correlation
 * @param title of the rule or correlation
 * @param level null if it has none
 * @param atMillis event time, from the start of the timeline
 * @param count null of a rule
 * @param value null of a rule, and of a correlation that compares the count
 * @param group empty of a rule
 * @param events how many events the alert shows
 */
public record RaisedAlert(
    String rule,
    String title,
    @Nullable RuleLevel level,
    long atMillis,
    @Nullable Long count,
    @Nullable BigDecimal value,
    Map<String, String> group,
    long events) {
  public RaisedAlert {
    group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
  }

  /** When, how many and whose, for people. */
  String told() {
    String fields =
        group.entrySet().stream()
            .map(field -> ", " + field.getKey() + " = " + Quoted.text(field.getValue()))
            .collect(Collectors.joining());
    return "'%s' at %s%s%s%s"
        .formatted(
            title,
            TimelineSpan.of(atMillis),
            count == null ? "" : ", count " + count,
            value == null ? "" : ", value " + value.toPlainString(),
            fields);
  }
}
