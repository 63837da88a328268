package dev.lockstep.sigma;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the placeholders of the modifier {@code expand} stand for, by name without percent signs
 * (Sigma specification, "Placeholders"); no name has an empty list.
 */
public record Placeholders(Map<String, List<PlaceholderValue>> values) {
  public static final Placeholders NONE = new Placeholders(Map.of());

  public Placeholders {
    Map<String, List<PlaceholderValue>> copy = new LinkedHashMap<>();
    values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    values = Collections.unmodifiableMap(copy);
  }

  /** These and the others; where both have a name, the other's values count. */
  public Placeholders and(Placeholders others) {
    Map<String, List<PlaceholderValue>> both = new TreeMap<>(values);
    both.putAll(others.values);
    return new Placeholders(both);
  }

  SortedSet<String> names() {
    return new TreeSet<>(values.keySet());
  }
}
