package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
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
 */
record ActiveRules(String version, RuleProgram program) {
  ActiveRules {
    requireNonNull(version, "version is null");
    requireNonNull(program, "program is null");
  }

  /** Compiles a bundle that holds only documents without issues. */
  static ActiveRules compile(String version, RuleBundle bundle) {
    List<SigmaRule> rules = new ArrayList<>();
    for (RuleDocument document : bundle.documents()) {
      rules.addAll(SigmaParser.parse(document.path(), document.text()).rules());
    }
    return new ActiveRules(version, RuleProgram.compile(rules));
  }
}
