package dev.lockstep.content;

import java.util.List;
import java.util.Optional;

/**
 * The answer that a case expects.
 *
 * @param match whether any rule has to match
 * @param rules the rules that have to match, and no other; empty if any will do
 * @param alert what is expected of an alert
 */
public record Expectation(boolean match, List<NamedRule> rules, Optional<ExpectedAlert> alert) {
  public Expectation {
    rules = List.copyOf(rules);
    if (!match && (!rules.isEmpty() || alert.isPresent())) {
      throw new IllegalArgumentException("without a match there is neither rule nor alert");
    }
  }
}
