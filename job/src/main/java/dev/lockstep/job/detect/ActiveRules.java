package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.program.LayeredProgram;
import dev.lockstep.sigma.SigmaRule;

/**
 * The rules in force in one operator.
 *
 * @param version version of the bundle as it was delivered; alerts name it
 * @param program all rules, compiled
 * @param uncovered how many rules judge nothing, because no mapping knows their logsource
 */
record ActiveRules(String version, LayeredProgram program, int uncovered) {
  ActiveRules {
    requireNonNull(version, "version is null");
    requireNonNull(program, "program is null");
  }

  /** How many rules judge events; one that customers have in several ways is one. */
  int count() {
    return (int) program.rules().stream().map(SigmaRule::id).distinct().count();
  }

  /** Returns whether a rule of that id is in force. */
  boolean has(String ruleId) {
    return program.rules().stream().anyMatch(rule -> rule.id().equals(ruleId));
  }

  /** Returns the same rules in one layer. */
  ActiveRules flattened() {
    return new ActiveRules(version, program.flattened(), uncovered);
  }
}
