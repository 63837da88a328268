package dev.lockstep.explain;

import dev.lockstep.sigma.SigmaRule;

/**
 * Why a rule matches an event of a customer, or why not. Immutable, and bounded in size whatever
 * rule and event hold.
 *
 * @param applies whether the rule judges the customer's events at all
 * @param condition the verdict on the condition, which is given even where the rule does not apply
 */
public record Explanation(SigmaRule rule, String customer, boolean applies, Reason condition) {

  /** The verdict, which is that of {@link dev.lockstep.program.RuleProgram#match}. */
  public boolean matches() {
    return applies && condition.holds();
  }
}
