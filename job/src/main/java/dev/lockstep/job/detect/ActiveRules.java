package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.content.Content;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaRule;

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

  /** How many rules there are; a rule that differs by customer counts once. */
  int count() {
    return (int) program.rules().stream().map(SigmaRule::id).distinct().count();
  }

  /** Compiles a bundle in which a review found nothing wrong: it reads what the review read. */
  static ActiveRules compile(String version, RuleBundle bundle) {
    return new ActiveRules(version, RuleProgram.compile(Content.read(bundle.documents()).rules()));
  }
}
