package dev.lockstep.job.detect;

import java.io.Serializable;

/**
 * How the documents of bundles become rules that judge; tests have one whose rules fail. Tasks
 * whose compilers are equal share what comes of them.
 */
@FunctionalInterface
interface RuleCompiler extends Serializable {

  /** Returns a compiler at work, which knows no rules yet. */
  RuleRevisions start();
}
