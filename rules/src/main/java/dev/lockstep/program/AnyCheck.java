package dev.lockstep.program;

import java.util.List;

/** Passes values that pass some of several checks. */
final class AnyCheck implements ValueCheck {
  private final ValueCheck[] checks;

  AnyCheck(List<ValueCheck> checks) {
    this.checks = checks.toArray(ValueCheck[]::new);
  }

  @Override
  public boolean passes(SeenValue value) {
    for (ValueCheck check : checks) {
      if (check.passes(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public double cost() {
    double cost = 0;
    for (ValueCheck check : checks) {
      cost += check.cost();
    }
    return cost;
  }
}
