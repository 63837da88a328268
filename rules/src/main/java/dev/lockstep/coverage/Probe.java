package dev.lockstep.coverage;

import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.ValueTest;
import java.util.List;
import java.util.Map;

/**
 * A rule that asks one thing only, for the events that another rule judges: so mappings, customers
 * and the program treat the question as they treat it within that rule.
 */
final class Probe {
  private static final String NAME = "part";
  private static final Detection ALWAYS =
      new Detection.AnyOf(
          List.of(
              new Detection.Field(NAME, new ValueTest.Exists(true)),
              new Detection.Field(NAME, new ValueTest.Exists(false))));

  private Probe() {}

  /** Is true of every event that the rule judges. */
  static SigmaRule always(SigmaRule rule, int number) {
    return of(rule, number, ALWAYS);
  }

  static SigmaRule of(SigmaRule rule, int number, Detection asked) {
    return numbered(rule.asking(Map.of(NAME, asked), new Condition.Identifier(NAME)), number);
  }

  /** The same rule with a number in place of its id. */
  static SigmaRule numbered(SigmaRule rule, int number) {
    return rule.withId(Integer.toString(number));
  }
}
