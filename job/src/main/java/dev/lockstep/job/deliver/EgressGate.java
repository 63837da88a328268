package dev.lockstep.job.deliver;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;

/** Which lane an alert takes. */
final class EgressGate {

  /** The reason of alerts that their rule's author keeps in the shadow lane. */
  static final String SHADOW_STAGE = "RULE_STAGE_SHADOW";

  private EgressGate() {}

  /**
   * Returns where the flags send the alert. A rule of stage shadow never goes live, whatever the
   * flags say.
   */
  static FlagDecision<Disposition> decide(Alert alert, String engine, FlagDecisions flags) {
    RuleReference rule = alert.rule();
    FlagSubject subject =
        new FlagSubject(
            alert.customer(),
            engine,
            alert.events().get(0).id(),
            new FlagSubject.RuleAttributes(rule.id(), rule.level(), rule.status()));
    FlagDecision<Disposition> decision = flags.egress(subject);
    return decision.value() == Disposition.LIVE && rule.shadowOnly()
        ? new FlagDecision<>(Disposition.SHADOW, SHADOW_STAGE)
        : decision;
  }
}
