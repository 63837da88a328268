package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.job.state.Quarantine;
import dev.lockstep.program.LayeredProgram;
import dev.lockstep.sigma.SigmaRule;

/**
 * The rules in force in one operator.
 *
 * @param version version of the bundle as it was delivered; alerts name it
 * @param program all rules, compiled; those in quarantine are off
 * @param correlations what becomes of what rules find
 * @param uncovered how many rules judge nothing, because no mapping knows their logsource
 * @param quarantine which rules are off; may name others, too
 */
record ActiveRules(
    String version,
    LayeredProgram program,
    CorrelationPlan correlations,
    int uncovered,
    Quarantine quarantine) {
  ActiveRules {
    requireNonNull(version, "version is null");
    requireNonNull(program, "program is null");
  }

  /** Rules none of which is in quarantine. */
  ActiveRules(String version, LayeredProgram program, CorrelationPlan correlations, int uncovered) {
    this(version, program, correlations, uncovered, Quarantine.NONE);
  }

  /**
   * How many rules and correlations judge events; one that customers have in several ways is one.
   */
  int count() {
    long rules =
        program.rules().stream()
            .filter(rule -> !quarantine.holds(rule))
            .map(SigmaRule::id)
            .distinct()
            .count();
    return (int) rules + correlations.correlations().size();
  }

  /** Returns whether there is a rule of that id, in force or in quarantine. */
  boolean has(String ruleId) {
    return program.rules().stream().anyMatch(rule -> rule.id().equals(ruleId));
  }

  /** Returns whether the rule of that id is in quarantine. */
  boolean isQuarantined(String ruleId) {
    return program.rules().stream()
        .anyMatch(rule -> rule.id().equals(ruleId) && quarantine.holds(rule));
  }

  /** Returns the same rules in one layer, none of them in quarantine. */
  ActiveRules flattened() {
    return new ActiveRules(version, program.flattened(), correlations, uncovered);
  }

  /** Returns the same rules, of which none was in quarantine, without those. */
  ActiveRules without(Quarantine held) {
    return new ActiveRules(version, program.without(held::holds), correlations, uncovered, held);
  }
}
