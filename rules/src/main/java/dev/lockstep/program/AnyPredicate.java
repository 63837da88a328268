package dev.lockstep.program;

import java.util.List;
import java.util.Map;

/** True when some part is. */
final class AnyPredicate extends Predicate {
  private final Predicate[] parts;
  private final Necessity necessity;
  private final double cost;

  AnyPredicate(List<Predicate> parts) {
    this.parts = parts.toArray(Predicate[]::new);
    this.cost = parts.stream().mapToDouble(Predicate::cost).sum();
    this.necessity = Necessity.ofAny(parts);
  }

  @Override
  boolean test(EventFrame frame) {
    for (Predicate part : parts) {
      if (part.test(frame)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {
    for (Predicate part : parts) {
      if (part.test(frame)) {
        part.explain(frame, matchedFields);
      }
    }
  }

  @Override
  double cost() {
    return cost;
  }

  @Override
  Necessity necessity() {
    return necessity;
  }
}
