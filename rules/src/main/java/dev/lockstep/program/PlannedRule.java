package dev.lockstep.program;

import dev.lockstep.sigma.CustomerScope;
import dev.lockstep.sigma.SigmaRule;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule and the predicate that its condition became. */
final class PlannedRule {
  /** Most rules show no more. */
  private static final int MATCHED_FIELDS = 4;

  private final SigmaRule rule;
  private final Predicate predicate;
  private final boolean forEveryone;
  private final Map<String, List<FieldSlot>> captures;

  /** A rule that captures nothing. */
  PlannedRule(SigmaRule rule, Predicate predicate) {
    this(rule, predicate, Map.of());
  }

  /**
   * @param captures the places of each field that is captured
   */
  PlannedRule(SigmaRule rule, Predicate predicate, Map<String, List<FieldSlot>> captures) {
    this.rule = rule;
    this.predicate = predicate;
    this.captures = captures;
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
    return new RuleMatch(rule, matchedFields, captures.isEmpty() ? Map.of() : captured(frame));
  }

  private Map<String, String> captured(EventFrame frame) {
    Map<String, String> captured = new HashMap<>();
    captures.forEach((name, places) -> capture(name, places, frame, captured));
    return captured;
  }

  private static void capture(
      String name, List<FieldSlot> places, EventFrame frame, Map<String, String> captured) {
    for (FieldSlot place : places) {
      for (int i = 0; i < frame.countOf(place); i++) {
        String text = frame.valueOf(place, i).text();
        if (text != null) {
          captured.put(name, text);
          return;
        }
      }
    }
  }
}
