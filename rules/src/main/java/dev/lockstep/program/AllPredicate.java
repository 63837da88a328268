package dev.lockstep.program;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** True when every part is; asks first for what is least likely. */
final class AllPredicate implements Predicate {
  private final List<Predicate> parts;
  private final Predicate[] leastLikelyFirst;
  private final Necessity necessity;

  AllPredicate(List<Predicate> parts) {
    this.parts = List.copyOf(parts);
    this.leastLikelyFirst =
        parts.stream()
            .sorted(Comparator.comparingDouble(part -> part.necessity().weight()))
            .toArray(Predicate[]::new);
    this.necessity = Necessity.ofAll(parts);
  }

  @Override
  public boolean test(EventFrame frame) {
    for (Predicate part : leastLikelyFirst) {
      if (!part.test(frame)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {
    parts.forEach(part -> part.explain(frame, matchedFields));
  }

  @Override
  public Necessity necessity() {
    return necessity;
  }
}
