package dev.lockstep.program;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** True when every part is; asks first what costs least, and of that what is least likely. */
final class AllPredicate extends Predicate {
  private final List<Predicate> parts;
  private final Predicate[] cheapestFirst;
  private final Necessity necessity;
  private final double cost;

  AllPredicate(List<Predicate> parts) {
    this.parts = List.copyOf(parts);
    this.cheapestFirst =
        parts.stream()
            .sorted(
                Comparator.comparingDouble(Predicate::cost)
                    .thenComparingDouble(part -> part.necessity().weight()))
            .toArray(Predicate[]::new);
    this.cost = parts.stream().mapToDouble(Predicate::cost).sum();
    this.necessity = Necessity.ofAll(parts);
  }

  @Override
  boolean test(EventFrame frame) {
    for (Predicate part : cheapestFirst) {
      if (!part.test(frame)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {
    parts.forEach(part -> part.explain(frame, matchedFields));
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
