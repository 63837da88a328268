package dev.lockstep.program;

import java.util.List;
import java.util.Map;

/** True when every part is. */
final class AllPredicate implements Predicate {
  private final List<Predicate> parts;

  AllPredicate(List<Predicate> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public boolean test(EventFrame frame) {
    for (Predicate part : parts) {
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
}
