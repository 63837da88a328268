package dev.lockstep.program;

import dev.lockstep.sigma.CustomerScope;
import dev.lockstep.sigma.SigmaRule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule and the predicate that its condition became. */
final class PlannedRule {
  /** Most rules show no more. */
  private static final int MATCHED_FIELDS = 4;

  private final SigmaRule rule;
  private final Predicate predicate;
  private final boolean forEveryone;

  PlannedRule(SigmaRule rule, Predicate predicate) {
    this.rule = rule;
    this.predicate = predicate;
    this.forEveryone = rule.customers().equals(CustomerScope.EVERYONE);
  }

  SigmaRule rule() {
    return rule;
  }

  Predicate predicate() {
    return predicate;
  }

  boolean appliesTo(String customer) {
    return forEveryone || rule.appliesTo(customer);
  }

  /** Returns null if the rule is not true of the event. */
  @Nullable RuleMatch judge(EventFrame frame) {
    if (!predicate.test(frame)) {
      return null;
    }
    Map<String, String> matchedFields = new LinkedHashMap<>(MATCHED_FIELDS);
    predicate.explain(frame, matchedFields);
    return new RuleMatch(rule, matchedFields);
  }
}
