package dev.lockstep.content;

import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.RuleLevel;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert that a timeline is expected to raise. Whatever is left out may be anything.
 *
 * @param position where the test file says so
 * @param rule whose alert it is; null where only one rule or correlation can be meant
 * @param atMillis its event time, from the start of the timeline
 * @param count of a correlation; null if it is left out
 * @param group fields that the group must have, with these values
 * @param level null if it is left out
 * @param value what the correlation compared; null if it is left out
 * @param events how many events the alert shows; null if it is left out
 */
public record ExpectedTimelineAlert(
    Position position,
    @Nullable NamedRule rule,
    long atMillis,
    @Nullable Long count,
    Map<String, String> group,
    @Nullable RuleLevel level,
    @Nullable BigDecimal value,
    @Nullable Long events) {
  public ExpectedTimelineAlert {
    group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
  }
}
