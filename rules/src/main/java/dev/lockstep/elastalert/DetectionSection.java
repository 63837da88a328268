package dev.lockstep.elastalert;

import dev.lockstep.elastalert.Filter.All;
import dev.lockstep.elastalert.Filter.Any;
import dev.lockstep.elastalert.Filter.Not;
import dev.lockstep.elastalert.Filter.Test;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a filter as search identifiers and a condition: as few identifiers as there can be, each a
 * map of fields, a list of such maps, or a list of keywords.
 */
final class DetectionSection {
  private static final String POSITIVE = "selection";
  private static final int LOOSE = 0;
  private static final int AND = 1;
  private static final int TIGHT = 2;

  private final Filter everything;
  private final Map<Object, String> identifiers = new LinkedHashMap<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  private DetectionSection(Filter everything) {
    this.everything = everything;
  }

  /**
   * Returns the section.
   *
   * @param timeField a field that all events have
   */
  static Map<String, Object> of(Filter filter, String timeField) {
    DetectionSection section = new DetectionSection(new Test(timeField, "|neq", Value.NULL));
    String condition = section.condition(filter, POSITIVE, LOOSE);
    Map<String, Object> written = new LinkedHashMap<>();
    section.identifiers.forEach((search, name) -> written.put(name, search));
    written.put("condition", condition);
    return written;
  }

  private String condition(Filter filter, String prefix, int binding) {
    Optional<Object> search = search(filter);
    if (search.isPresent()) {
      boolean keywords = search.get() instanceof List<?> list && list.get(0) instanceof Value;
      return name(search.get(), keywords && prefix.equals(POSITIVE) ? "keywords" : prefix);
    }
    if (filter instanceof Not not) {
      String other = prefix.equals(POSITIVE) ? "filter" : POSITIVE;
      return "not " + condition(not.part(), other, TIGHT);
    }
    boolean all = filter instanceof All;
    List<Filter> parts = all ? ((All) filter).parts() : ((Any) filter).parts();
    int own = all ? AND : LOOSE;
    List<String> conditions = new ArrayList<>();
    for (Filter part : gathered(parts, all)) {
      conditions.add(condition(part, prefix, own + 1));
    }
    String joined = String.join(all ? " and " : " or ", conditions);
    return own < binding ? "(" + joined + ")" : joined;
  }

  /** The same parts, those in one that one identifier can hold. */
  private List<Filter> gathered(List<Filter> parts, boolean all) {
    List<Filter> held = new ArrayList<>();
    List<Filter> others = new ArrayList<>();
    Map<String, Test> seen = new HashMap<>();
    for (Filter part : parts) {
      boolean holds = all ? joins(part, seen) : fields(part).isPresent();
      (holds ? held : others).add(part);
    }
    if (!held.isEmpty()) {
      others.add(0, joined(held, all));
    }
    others.sort(Comparator.comparing(part -> part instanceof Not));
    return others;
  }

  /** Whether the part can be in one map with those seen. */
  private static boolean joins(Filter part, Map<String, Test> seen) {
    if (!(part instanceof Test test) || test.isKeyword()) {
      return false;
    }
    Test before = seen.putIfAbsent(test.key(), test);
    return before == null || isOneOfAll(before, test);
  }

  /** Only texts that may be anywhere in a value are sensible together. */
  private static boolean isOneOfAll(Test one, Test other) {
    return one.key().endsWith("|contains")
        && one.values().size() == 1
        && other.values().size() == 1;
  }

  /** Not simplified: parts of {@code all} must not become those of one above it. */
  private static Filter joined(List<Filter> parts, boolean all) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    return all ? new All(parts) : new Any(parts);
  }

  private String name(Object search, String prefix) {
    String known = identifiers.get(search);
    if (known != null) {
      return known;
    }
    int number = numbers.merge(prefix, 1, Integer::sum);
    String name = number == 1 ? prefix : prefix + "_" + number;
    identifiers.put(search, name);
    return name;
  }

  /** What one identifier says, if one is enough. */
  private Optional<Object> search(Filter filter) {
    if (filter instanceof Filter.Everything) {
      return search(everything);
    }
    if (filter instanceof Test test && test.isKeyword()) {
      return Optional.of(test.values());
    }
    Optional<Map<String, Object>> fields = fields(filter);
    if (fields.isPresent()) {
      return Optional.of(fields.get());
    }
    return filter instanceof Any any ? alternatives(any) : Optional.empty();
  }

  private static Optional<Object> alternatives(Any any) {
    List<Object> maps = new ArrayList<>();
    for (Filter part : any.parts()) {
      Optional<Map<String, Object>> fields = fields(part);
      if (fields.isEmpty()) {
        return Optional.empty();
      }
      maps.add(fields.get());
    }
    return Optional.of(maps);
  }

  /** A map of fields all of which must pass, if each comes once. */
  private static Optional<Map<String, Object>> fields(Filter filter) {
    List<Filter> parts = filter instanceof All all ? all.parts() : List.of(filter);
    Map<String, Test> seen = new LinkedHashMap<>();
    Map<String, List<Value>> values = new LinkedHashMap<>();
    for (Filter part : parts) {
      if (!joins(part, seen)) {
        return Optional.empty();
      }
      Test test = (Test) part;
      values.computeIfAbsent(test.key(), key -> new ArrayList<>()).addAll(test.values());
    }
    Map<String, Object> written = new LinkedHashMap<>();
    seen.forEach(
        (key, first) -> {
          List<Value> all = values.getOrDefault(key, List.of());
          boolean several = all.size() > first.values().size();
          written.put(several ? key + "|all" : key, all.size() == 1 ? all.get(0) : all);
        });
    return Optional.of(written);
  }
}
