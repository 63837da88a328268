package dev.lockstep.connector.launchdarkly;

import dev.lockstep.flag.FlagSubject;

/**
 * What of a subject a flag looks at, itself or through prerequisites and segments: more perhaps
 * than an evaluation gets to, never less. A decision is the same for subjects that differ in
 * nothing of it.
 *
 * @param event whether it may tell events apart
 * @param rule whether it may tell rules apart
 */
record FlagScope(boolean event, boolean rule) {

  private static final String ANY_EVENT = "-";

  static FlagScope of(FlagSet set, String flag) {
    return new FlagScope(
        new KindUse(set, FlagContexts.EVENT.toString()).anywhereIn(flag),
        new KindUse(set, FlagContexts.RULE.toString()).anywhereIn(flag));
  }

  /** The same subject for all events, and for all rules if the flag does not tell them apart. */
  FlagSubject withoutEvent(FlagSubject subject) {
    return new FlagSubject(
        subject.customer(), subject.engine(), ANY_EVENT, rule ? subject.rule() : null);
  }
}
