package dev.lockstep.program;

import java.util.List;
import java.util.Map;

/** True when some part is. */
final class AnyPredicate implements Predicate {
  private final List<Predicate> parts;

  AnyPredicate(List<Predicate> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public boolean test(EventFrame frame) {
    for (Predicate part : parts) {
      if (part.test(frame)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {
    for (Predicate part : parts) {
      if (part.test(frame)) {
        part.explain(frame, matchedFields);
      }
    }
  }
}
