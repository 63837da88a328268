package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;

/**
 * A rule as a test file calls it.
 *
 * @param name its id, name or title
 * @param position where the test file says so
 */
public record NamedRule(String name, Position position) {
  public NamedRule {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
  }

  boolean means(SigmaCorrelation correlation) {
    return correlation.isCalled(name) || correlation.title().equals(name);
  }

  boolean means(SigmaRule rule) {
    return rule.isCalled(name) || rule.title().equals(name);
  }
}
