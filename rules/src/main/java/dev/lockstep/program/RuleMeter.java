package dev.lockstep.program;

import dev.lockstep.sigma.SigmaRule;

/** Is told what rules cost. Judgement has no clock of its own. Used by one thread. */
public interface RuleMeter {

  /** A clock that only goes forward, in nanoseconds. */
  long nanos();

  /** The evaluation of {@code rule} on one event took so long, whether it matched or not. */
  void spent(SigmaRule rule, long nanos);
}
