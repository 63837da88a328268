package dev.lockstep.job.deliver;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.ShadowStage;

/** Which lane an alert takes. */
final class EgressGate {

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
    return ShadowStage.limit(flags.egress(subject), rule.shadowOnly());
  }
}
