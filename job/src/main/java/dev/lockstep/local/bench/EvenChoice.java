package dev.lockstep.local.bench;

import java.util.ArrayList;
import java.util.List;

/** So many of a list, spread evenly over it. */
final class EvenChoice {

  private EvenChoice() {}

  static <T> List<T> of(List<T> all, int count) {
    if (count >= all.size()) {
      return List.copyOf(all);
    }
    List<T> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(all.get((int) ((long) i * all.size() / count)));
    }
    return chosen;
  }
}
