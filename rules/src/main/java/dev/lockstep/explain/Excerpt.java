package dev.lockstep.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * As much of many parts as a reader takes in: all of a few, in their order; of more, those first
 * that decide, then those with a hint.
 */
record Excerpt<P extends Part>(List<P> shown, Omitted omitted) {
  private static final int MAX_SHOWN = 12;
  private static final int MAX_WITHOUT_REASON = 5;

  static <P extends Part> Excerpt<P> of(List<P> parts, Join join) {
    if (parts.size() <= MAX_SHOWN) {
      return new Excerpt<>(List.copyOf(parts), Omitted.NONE);
    }
    Set<P> shown = Collections.newSetFromMap(new IdentityHashMap<>());
    List<P> inOrder = new ArrayList<>();
    boolean decisive = join == Join.ANY;
    take(parts.stream().filter(p -> p.holds() == decisive).toList(), MAX_SHOWN, shown, inOrder);
    take(parts.stream().filter(Part::hasHint).toList(), MAX_SHOWN, shown, inOrder);
    take(parts, MAX_WITHOUT_REASON, shown, inOrder);
    int holding = (int) parts.stream().filter(p -> p.holds() && !shown.contains(p)).count();
    return new Excerpt<>(List.copyOf(inOrder), new Omitted(parts.size() - inOrder.size(), holding));
  }

  private static <P> void take(List<P> parts, int max, Set<P> shown, List<P> inOrder) {
    for (P part : parts) {
      if (inOrder.size() >= max) {
        return;
      }
      if (shown.add(part)) {
        inOrder.add(part);
      }
    }
  }
}
