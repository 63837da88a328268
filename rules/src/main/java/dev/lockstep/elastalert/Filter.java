package dev.lockstep.elastalert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a filter asks of an event, in the terms of Sigma. */
sealed interface Filter {

  /** Any event. */
  record Everything() implements Filter {}

  /**
   * Any of some values at a field, or anywhere in the event if the field is empty.
   *
   * @param modifiers as Sigma writes them, each with its bar
   */
  record Test(String field, String modifiers, List<Value> values) implements Filter {
    public Test {
      values = List.copyOf(values);
    }

    Test(String field, String modifiers, Value value) {
      this(field, modifiers, List.of(value));
    }

    boolean isKeyword() {
      return field.isEmpty();
    }

    String key() {
      return field + modifiers;
    }
  }

  /** All of the parts, at least two. */
  record All(List<Filter> parts) implements Filter {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** Any of the parts, at least two. */
  record Any(List<Filter> parts) implements Filter {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** What the part is not true of. */
  record Not(Filter part) implements Filter {}

  Filter EVERYTHING = new Everything();

  /** Without parts, everything. */
  static Filter all(List<Filter> parts) {
    Set<Filter> flat = new LinkedHashSet<>();
    for (Filter part : parts) {
      if (part instanceof All all) {
        flat.addAll(all.parts());
      } else if (!(part instanceof Everything)) {
        flat.add(part);
      }
    }
    if (flat.isEmpty()) {
      return EVERYTHING;
    }
    return flat.size() == 1 ? flat.iterator().next() : new All(List.copyOf(flat));
  }

  /** Of at least one part; tests of one field become one. */
  static Filter any(List<Filter> parts) {
    Map<Object, Filter> flat = new LinkedHashMap<>();
    for (Filter part : parts) {
      for (Filter one : part instanceof Any any ? any.parts() : List.of(part)) {
        if (one instanceof Everything) {
          return EVERYTHING;
        }
        boolean joins = one instanceof Test test && !test.modifiers().contains("|neq");
        flat.merge(joins ? ((Test) one).key() : one, one, Filter::joined);
      }
    }
    List<Filter> joined = List.copyOf(flat.values());
    return joined.size() == 1 ? joined.get(0) : new Any(joined);
  }

  static Filter not(Filter part) {
    if (part instanceof Not not) {
      return not.part();
    }
    if (part instanceof Test test && test.modifiers().equals("|neq")) {
      return new Test(test.field(), "", test.values());
    }
    return new Not(part);
  }

  private static Filter joined(Filter one, Filter other) {
    if (!(one instanceof Test first) || !(other instanceof Test second)) {
      return one;
    }
    Set<Value> values = new LinkedHashSet<>(first.values());
    values.addAll(second.values());
    return new Test(first.field(), first.modifiers(), new ArrayList<>(values));
  }
}
