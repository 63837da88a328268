package dev.lockstep.program;

import dev.lockstep.sigma.SigmaRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule that an event fulfils.
 *
 * @param matchedFields the fields whose values made the rule true, in the order of the rule, each
 *     with the first such value; what a {@code not} looks at is never among them
 */
public record RuleMatch(SigmaRule rule, Map<String, String> matchedFields) {
  public RuleMatch {
    matchedFields = Collections.unmodifiableMap(new LinkedHashMap<>(matchedFields));
  }
}
