package dev.lockstep.job.deliver;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.Lane;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import org.jspecify.annotations.Nullable;

/** Which lane an alert takes. */
final class EgressGate {

  /** The reason of alerts that their rule's author keeps in the shadow lane. */
  static final String SHADOW_STAGE = "RULE_STAGE_SHADOW";

  private EgressGate() {}

  /**
   * Returns the lane that the flags give the alert, or null when it is off. A rule of stage shadow
   * never goes live, whatever the flags say.
   */
  static @Nullable Routing route(Alert alert, String engine, FlagDecisions flags) {
    RuleReference rule = alert.rule();
    FlagSubject subject =
        new FlagSubject(
            alert.customer(),
            engine,
            alert.events().get(0).id(),
            new FlagSubject.RuleAttributes(rule.id(), rule.level(), rule.status()));
    FlagDecision<Disposition> decision = flags.egress(subject);
    return switch (decision.value()) {
      case LIVE ->
          rule.shadowOnly()
              ? new Routing(Lane.SHADOW, flags.version(), SHADOW_STAGE)
              : new Routing(Lane.LIVE, flags.version(), decision.reason());
      case SHADOW -> new Routing(Lane.SHADOW, flags.version(), decision.reason());
      case OFF -> null;
    };
  }
}
