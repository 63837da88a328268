package dev.lockstep.program;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shared predicates of which at least one must be suspected for a predicate to be true.
 *
 * @param known false when there is no such condition: the predicate can be true of any event
 * @param predicates empty, if known, for what is never true
 * @param weight how often some of them will be suspected, as a rough guess for comparison
 */
record Necessity(boolean known, List<Integer> predicates, double weight) {
  static final Necessity NONE = new Necessity(false, List.of(), Double.POSITIVE_INFINITY);

  Necessity {
    predicates = List.copyOf(predicates);
  }

  static Necessity of(int predicate, double weight) {
    return new Necessity(true, List.of(predicate), weight);
  }

  /** Each part is necessary, so the one that is suspected least often will do. */
  static Necessity ofAll(List<Predicate> parts) {
    Necessity best = NONE;
    for (Predicate part : parts) {
      Necessity necessity = part.necessity();
      if (necessity.known && (!best.known || necessity.weight < best.weight)) {
        best = necessity;
      }
    }
    return best;
  }

  static Necessity ofAny(List<Predicate> parts) {
    List<Integer> predicates = new ArrayList<>();
    double weight = 0;
    for (Predicate part : parts) {
      Necessity necessity = part.necessity();
      if (!necessity.known) {
        return NONE;
      }
      predicates.addAll(necessity.predicates);
      weight += necessity.weight;
    }
    return new Necessity(true, predicates, weight);
  }

  IntStream distinctPredicates() {
    return predicates.stream().mapToInt(Integer::intValue).distinct();
  }
}
