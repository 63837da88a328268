package dev.lockstep.elastalert;

import java.util.ArrayList;
import java.util.List;

/** Reads ranges of numbers in a Lucene query. */
final class LuceneRange {
  private LuceneRange() {}

  /** Reads {@code [a TO b]}, with braces where the bound itself is left out. */
  static Filter read(LuceneText text, String field, FieldTests tests) {
    int start = text.offset();
    String over = text.take("[") ? "gte" : "gt";
    if (over.equals("gt")) {
      text.advance();
    }
    text.skipSpace();
    String from = text.bound();
    text.skipSpace();
    if (!text.takeWord("TO")) {
      throw new FilterFault(start, "a range is written [1 TO 5]");
    }
    text.skipSpace();
    String to = text.bound();
    text.skipSpace();
    String under = "lte";
    if (text.take("}")) {
      under = "lt";
    } else if (!text.take("]")) {
      throw new FilterFault(start, "this range is not closed");
    }
    List<Filter> bounds = new ArrayList<>();
    if (!from.equals("*")) {
      bounds.add(tests.comparison(field, over, from));
    }
    if (!to.equals("*")) {
      bounds.add(tests.comparison(field, under, to));
    }
    return bounds.isEmpty() ? tests.exists(field) : Filter.all(bounds);
  }

  /** Reads {@code >5}, {@code >=5}, {@code <5} and {@code <=5}. */
  static Filter readComparison(LuceneText text, String field, FieldTests tests) {
    boolean over = text.peek() == '>';
    text.advance();
    String comparison = (over ? "gt" : "lt") + (text.take("=") ? "e" : "");
    return tests.comparison(field, comparison, text.term().literalText());
  }
}
