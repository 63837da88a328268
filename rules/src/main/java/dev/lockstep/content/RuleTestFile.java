package dev.lockstep.content;

import dev.lockstep.sigma.Position;
import java.util.List;

/**
 * A test file without faults.
 *
 * @param rule the name of the rule file beside it
 * @param rulePosition where that name stands
 */
record RuleTestFile(String rule, Position rulePosition, List<RuleTestCase> cases) {
  RuleTestFile {
    cases = List.copyOf(cases);
  }
}
