package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagReason;
import dev.lockstep.migration.EngineRoute;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the edit of one flag after which the evaluator routes a customer as it is wanted. The
 * evaluator is asked after each attempt; nothing here knows how flags are evaluated.
 */
final class FlagEditing {

  private final FlagRoutes before;
  private final String key;
  private final String customer;
  private final Map<String, EngineRoute> wanted;
  private final Collection<String> rules;
  private final boolean intake;
  private FlagEdit edit;

  FlagEditing(
      FlagRoutes before,
      String key,
      String customer,
      Map<String, EngineRoute> wanted,
      Collection<String> rules,
      boolean intake) {
    this.before = before;
    this.key = key;
    this.customer = customer;
    this.wanted = wanted;
    this.rules = rules;
    this.intake = intake;
    this.edit = new FlagEdit(before.flag(key), before.ids(key));
  }

  /**
   * The flags after the edit.
   *
   * @throws FlagChangeRefusedException if no edit of the customer's lists and rules suffices
   */
  FlagRoutes edited() throws FlagChangeRefusedException {
    if (allServed()) {
      return before.with(key, edit.flag());
    }
    edit.removeFromLists(customer);
    for (String engine : wanted.keySet()) {
      if (!isServed(engine, edit)) {
        serve(engine);
      }
    }
    FlagRoutes after = before.with(key, edit.flag());
    for (String engine : wanted.keySet()) {
      if (!isServed(engine, edit)) {
        throw new FlagChangeRefusedException(
            "%s in %s is decided by %s of %s, which is not for this customer alone; change that by hand"
                .formatted(customer, engine, decider(after, engine), key));
      }
    }
    return after;
  }

  /** What was edited; empty if nothing had to be. */
  List<FlagChange> changes() {
    List<String> instructions = edit.instructions();
    return instructions.isEmpty() ? List.of() : List.of(new FlagChange(key, instructions));
  }

  private boolean allServed() throws FlagChangeRefusedException {
    for (String engine : wanted.keySet()) {
      if (!isServed(engine, edit)) {
        return false;
      }
    }
    return true;
  }

  private boolean isServed(String engine, FlagEdit edited) throws FlagChangeRefusedException {
    EngineRoute route = Objects.requireNonNull(wanted.get(engine), "an engine of the map");
    try (FlagRoutes routes = before.with(key, edited.flag())) {
      EngineRoute now = routes.route(customer, engine, rules);
      return intake
          ? Objects.equals(now.intake(), route.intake())
          : route.isShut() || now.egress() == route.egress();
    }
  }

  private void serve(String engine) throws FlagChangeRefusedException {
    Served served = served(Objects.requireNonNull(wanted.get(engine), "an engine of the map"));
    edit.removeFromRules(engine, customer);
    if (isServed(engine, edit)) {
      return;
    }
    FlagEdit attempt = edit.copy();
    if (attempt.addToRule(engine, customer, served) && isServed(engine, attempt)) {
      edit = attempt;
    } else {
      edit.addRule(engine, customer, served);
    }
  }

  private Served served(EngineRoute route) throws FlagChangeRefusedException {
    if (!intake) {
      Disposition egress = route.egress();
      return Served.all(variation(egress));
    }
    Integer share = route.intake();
    if (share == null) {
      throw new FlagChangeRefusedException(
          "which of the events of %s are let in is not a percentage of them".formatted(customer));
    }
    return share == EngineRoute.ALL
        ? Served.all(variation(LDValue.of(true)))
        : share == 0
            ? Served.all(variation(LDValue.of(false)))
            : new Served(variation(LDValue.of(true)), variation(LDValue.of(false)), share);
  }

  private int variation(@Nullable Disposition egress) throws FlagChangeRefusedException {
    if (egress == null) {
      throw new FlagChangeRefusedException(
          "where the alerts of %s go differs by event or rule".formatted(customer));
    }
    boolean isBoolean =
        before.flag(key).get("variations").get(0).equals(LDValue.of(true))
            || before.flag(key).get("variations").get(0).equals(LDValue.of(false));
    return isBoolean && egress != Disposition.OFF
        ? variation(LDValue.of(egress == Disposition.LIVE))
        : variation(LDValue.of(egress.flagValue()));
  }

  private int variation(LDValue value) throws FlagChangeRefusedException {
    LDValue variations = before.flag(key).get("variations");
    for (int i = 0; i < variations.size(); i++) {
      if (variations.get(i).equals(value)) {
        return i;
      }
    }
    throw new FlagChangeRefusedException(
        "%s has no variation %s".formatted(key, value.toJsonString()));
  }

  private String decider(FlagRoutes after, String engine) {
    FlagReason reason = after.reason(key, customer, engine);
    if (reason instanceof FlagReason.Off) {
      return "the switch (it is off)";
    }
    if (reason instanceof FlagReason.TargetMatch match) {
      return "the list of the " + match.contextKind() + " '" + match.key() + "'";
    }
    if (reason instanceof FlagReason.PrerequisiteFailed failed) {
      return "the prerequisite " + failed.flag();
    }
    if (reason instanceof FlagReason.RuleMatch match) {
      return "rule " + (match.index() + 1);
    }
    return "the default rule";
  }
}
