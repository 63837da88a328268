package dev.lockstep.content;

import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.RuleLevel;
import dev.lockstep.sigma.RuleStage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a case says of an alert. Whatever is left out may be anything.
 *
 * @param position where the test file says so
 * @param rule whose alert it is; null where only one rule can be meant
 * @param matchedFields fields that must be among those that made the rule match, with these values
 * @param level null if it is left out
 * @param title null if it is left out
 * @param tags the alert must have all of these
 * @param stage null if it is left out
 */
public record ExpectedAlert(
    Position position,
    @Nullable NamedRule rule,
    Map<String, String> matchedFields,
    @Nullable RuleLevel level,
    @Nullable String title,
    List<String> tags,
    @Nullable RuleStage stage) {
  public ExpectedAlert {
    matchedFields = Collections.unmodifiableMap(new LinkedHashMap<>(matchedFields));
    tags = List.copyOf(tags);
  }
}
