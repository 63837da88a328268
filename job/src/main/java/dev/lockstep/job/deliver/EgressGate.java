package dev.lockstep.job.deliver;

import dev.lockstep.alert.AlertHead;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FixedDecisions;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import dev.lockstep.flag.ShadowStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which lane an alert takes. */
final class EgressGate {

  private EgressGate() {}

  /**
   * Returns where the flags send the alert. A rule of stage shadow never goes live, whatever the
   * flags say.
   */
  static FlagDecision<Disposition> decide(AlertHead alert, String engine, FlagDecisions flags) {
    FlagSubject subject = subject(alert, engine, attributes(alert));
    return ShadowStage.limit(flags.egress(subject), alert.shadowOnly());
  }

  /**
   * Returns where the same flags send the alert in each of the engines; for this one that is {@code
   * decided}. An engine whose ingress keeps the event out is off. Without a flag set there is
   * nothing to say about others.
   */
  static Map<String, String> lanes(
      AlertHead alert,
      String engine,
      Disposition decided,
      List<String> engines,
      FlagDecisions flags) {
    Map<String, String> lanes = new LinkedHashMap<>();
    if (flags instanceof FixedDecisions) {
      return lanes;
    }
    for (String each : engines) {
      Disposition disposition =
          each.equals(engine)
              ? decided
              : flags.ingress(subject(alert, each, null)).value()
                  ? decide(alert, each, flags).value()
                  : Disposition.OFF;
      lanes.put(each, disposition.flagValue());
    }
    return lanes;
  }

  private static FlagSubject subject(
      AlertHead alert, String engine, @Nullable RuleAttributes attributes) {
    return new FlagSubject(alert.customer(), engine, alert.eventId(), attributes);
  }

  private static RuleAttributes attributes(AlertHead alert) {
    return new RuleAttributes(alert.ruleId(), alert.ruleLevel(), alert.ruleStatus());
  }
}
