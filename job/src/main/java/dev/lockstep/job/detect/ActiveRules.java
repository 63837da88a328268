package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules in force in one operator.
 *
 * @param version version of the bundle as it was delivered; alerts name it
 * @param program all rules, compiled
 * @param uncovered how many rules judge nothing, because no mapping knows their logsource
 */
record ActiveRules(String version, RuleProgram program, int uncovered) {
  ActiveRules {
    requireNonNull(version, "version is null");
    requireNonNull(program, "program is null");
  }

  /** Compiles a bundle that holds only documents without issues. */
  static ActiveRules compile(String version, RuleBundle bundle, FieldMapping mapping) {
    List<SigmaRule> rules = new ArrayList<>();
    for (RuleDocument document : bundle.documents()) {
      rules.addAll(SigmaParser.parse(document.path(), document.text()).rules());
    }
    return new ActiveRules(
        version, RuleProgram.compile(mapping.apply(rules)), mapping.uncovered(rules).size());
  }

  /** How many rules judge events; one that customers have in several ways is one. */
  int count() {
    return (int) program.rules().stream().map(SigmaRule::id).distinct().count();
  }
}
