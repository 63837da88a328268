package dev.lockstep.program;

import java.util.Map;

/** True when its part is not; has no values to show, for nothing was found. */
final class NotPredicate extends Predicate {
  private final Predicate negated;

  NotPredicate(Predicate negated) {
    this.negated = negated;
  }

  @Override
  boolean test(EventFrame frame) {
    return !negated.test(frame);
  }

  @Override
  double cost() {
    return negated.cost();
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {}
}
