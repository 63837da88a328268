package dev.lockstep.elastalert;

import java.util.ArrayList;
import java.util.List;

/**
 * The clauses of one level of a Lucene query. Lucene knows no precedence of AND and OR: each clause
 * is required, prohibited or optional, and operators only set that for their neighbours. What is
 * optional decides nothing as soon as something is required.
 */
final class LuceneClauses {

  /** What stands between two clauses. */
  enum Conjunction {
    NONE,
    AND,
    OR
  }

  /** What stands before a clause. */
  enum Modifier {
    NONE,
    REQUIRED,
    PROHIBITED
  }

  private enum Occurrence {
    MUST,
    MUST_NOT,
    SHOULD
  }

  /**
   * What the clauses ask, and what of them decides nothing.
   *
   * @param ignored where optional clauses begin that decide nothing
   */
  record Reading(Filter filter, List<Integer> ignored) {}

  private final boolean requiredByDefault;
  private final List<Filter> filters = new ArrayList<>();
  private final List<Occurrence> occurrences = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();

  /**
   * @param requiredByDefault whether clauses without operators are joined by AND
   */
  LuceneClauses(boolean requiredByDefault) {
    this.requiredByDefault = requiredByDefault;
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  void add(Conjunction conjunction, Modifier modifier, Filter filter, int offset) {
    int last = filters.size() - 1;
    if (last >= 0 && occurrences.get(last) != Occurrence.MUST_NOT) {
      if (conjunction == Conjunction.AND) {
        occurrences.set(last, Occurrence.MUST);
      } else if (conjunction == Conjunction.OR && requiredByDefault) {
        occurrences.set(last, Occurrence.SHOULD);
      }
    }
    filters.add(filter);
    offsets.add(offset);
    occurrences.add(occurrence(conjunction, modifier));
  }

  private Occurrence occurrence(Conjunction conjunction, Modifier modifier) {
    if (modifier == Modifier.PROHIBITED) {
      return Occurrence.MUST_NOT;
    }
    boolean required =
        requiredByDefault
            ? conjunction != Conjunction.OR || modifier == Modifier.REQUIRED
            : conjunction == Conjunction.AND || modifier == Modifier.REQUIRED;
    return required ? Occurrence.MUST : Occurrence.SHOULD;
  }

  /** Of at least one clause. */
  Reading read() {
    List<Filter> all = new ArrayList<>(of(Occurrence.MUST));
    List<Filter> optional = of(Occurrence.SHOULD);
    List<Integer> ignored = new ArrayList<>();
    if (all.isEmpty() && !optional.isEmpty()) {
      all.add(Filter.any(optional));
    } else {
      for (int i = 0; i < filters.size(); i++) {
        if (occurrences.get(i) == Occurrence.SHOULD) {
          ignored.add(offsets.get(i));
        }
      }
    }
    of(Occurrence.MUST_NOT).forEach(prohibited -> all.add(Filter.not(prohibited)));
    return new Reading(Filter.all(all), ignored);
  }

  private List<Filter> of(Occurrence wanted) {
    List<Filter> chosen = new ArrayList<>();
    for (int i = 0; i < filters.size(); i++) {
      if (occurrences.get(i) == wanted) {
        chosen.add(filters.get(i));
      }
    }
    return chosen;
  }
}
