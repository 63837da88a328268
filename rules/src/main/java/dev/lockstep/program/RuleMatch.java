package dev.lockstep.program;

import dev.lockstep.sigma.SigmaRule;
import java.util.Collections;
import java.util.Map;

/** A rule that an event fulfils. Immutable. */
public final class RuleMatch {
  private final SigmaRule rule;
  private final Map<String, String> matchedFields;
  private final Map<String, String> captured;

  /**
   * @param matchedFields do not change any more
   * @param captured do not change any more
   */
  RuleMatch(SigmaRule rule, Map<String, String> matchedFields, Map<String, String> captured) {
    this.rule = rule;
    this.matchedFields = Collections.unmodifiableMap(matchedFields);
    this.captured = Collections.unmodifiableMap(captured);
  }

  /** The rule that is true of the event. */
  public SigmaRule rule() {
    return rule;
  }

  /**
   * The fields whose values made the rule true, in the order of the rule, each with the first such
   * value; what a {@code not} looks at is never among them.
   */
  public Map<String, String> matchedFields() {
    return matchedFields;
  }

  /**
   * The fields that the rule captures and the event has, each with its first value that is not
   * null.
   */
  public Map<String, String> captured() {
    return captured;
  }
}
