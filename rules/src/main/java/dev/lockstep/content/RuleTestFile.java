package dev.lockstep.content;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.sigma.Position;
import java.util.List;
import java.util.Optional;

/**
 * A test file without faults.
 *
 * @param rule the name of the rule file beside it
 * @param rulePosition where that name stands
 * @param mapping the mapping that the events are written for, if the file names one
 */
record RuleTestFile(
    String rule, Position rulePosition, Optional<FieldMapping> mapping, List<RuleTestCase> cases) {
  RuleTestFile {
    cases = List.copyOf(cases);
  }
}
