package dev.lockstep.program;

import dev.lockstep.sigma.SigmaRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A rule and the predicate that its condition became. */
record PlannedRule(SigmaRule rule, Predicate predicate) {

  Optional<RuleMatch> judge(EventFrame frame) {
    if (!predicate.test(frame)) {
      return Optional.empty();
    }
    Map<String, String> matchedFields = new LinkedHashMap<>();
    predicate.explain(frame, matchedFields);
    return Optional.of(new RuleMatch(rule, matchedFields));
  }
}
