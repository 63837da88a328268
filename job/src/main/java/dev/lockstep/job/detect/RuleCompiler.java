package dev.lockstep.job.detect;

import dev.lockstep.content.RuleBundle;
import java.io.Serializable;

/** Makes the documents of a bundle into rules that judge; tests have one whose rules fail. */
@FunctionalInterface
interface RuleCompiler extends Serializable {

  /** Compiles a bundle that holds only documents without issues. */
  ActiveRules compile(String version, RuleBundle bundle);
}
