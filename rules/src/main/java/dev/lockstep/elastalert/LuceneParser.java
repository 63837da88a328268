package dev.lockstep.elastalert;

import dev.lockstep.elastalert.LuceneClauses.Conjunction;
import dev.lockstep.elastalert.LuceneClauses.Modifier;
import dev.lockstep.elastalert.LuceneClauses.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query language of Lucene as {@code query_string} of Elasticsearch does. */
final class LuceneParser {
  private static final int MAX_DEPTH = 30;

  private final LuceneQuery query;
  private final LuceneText text;
  private final FieldTests tests;
  private final List<Integer> ignored;
  private int depth;

  private LuceneParser(LuceneQuery query, FieldTests tests, List<Integer> ignored) {
    this.query = query;
    this.text = new LuceneText(query.text());
    this.tests = tests;
    this.ignored = ignored;
  }

  /**
   * Reads a query.
   *
   * @param ignored is given the places of clauses that decide nothing
   * @throws FilterFault with its place, at what is wrong or has no counterpart
   */
  static Filter parse(LuceneQuery query, FieldTests tests, List<Integer> ignored) {
    LuceneParser parser = new LuceneParser(query, tests, ignored);
    Filter filter = parser.clauses(null);
    if (!parser.text.atEnd()) {
      throw new FilterFault(
          parser.text.offset(),
          "there is nothing that this '%s' closes".formatted(parser.text.peek()));
    }
    return filter;
  }

  /** Up to a closing parenthesis or the end. */
  private Filter clauses(@Nullable String field) {
    LuceneClauses clauses = new LuceneClauses(query.requiredByDefault());
    int start = text.offset();
    text.skipSpace();
    while (!text.atEnd() && text.peek() != ')') {
      int offset = text.offset();
      Conjunction conjunction = conjunction();
      if (conjunction != Conjunction.NONE && clauses.isEmpty()) {
        throw new FilterFault(offset, "there is nothing before this operator");
      }
      Modifier modifier = modifier();
      int begin = text.offset();
      clauses.add(conjunction, modifier, clause(field), begin);
      text.skipSpace();
    }
    if (clauses.isEmpty()) {
      throw new FilterFault(start, "the query asks for nothing here");
    }
    Reading reading = clauses.read();
    ignored.addAll(reading.ignored());
    return reading.filter();
  }

  private Conjunction conjunction() {
    if (text.takeWord("AND") || text.takeWord("&&")) {
      text.skipSpace();
      return Conjunction.AND;
    }
    if (text.takeWord("OR") || text.takeWord("||")) {
      text.skipSpace();
      return Conjunction.OR;
    }
    return Conjunction.NONE;
  }

  private Modifier modifier() {
    Modifier modifier = Modifier.NONE;
    if (text.take("+")) {
      modifier = Modifier.REQUIRED;
    } else if (text.take("-") || text.take("!") || text.takeWord("NOT")) {
      modifier = Modifier.PROHIBITED;
    }
    text.skipSpace();
    return modifier;
  }

  private Filter clause(@Nullable String field) {
    int start = text.offset();
    Filter filter;
    try {
      filter = unboosted(field, start);
    } catch (FilterFault e) {
      throw e.at(start);
    }
    if (text.take("~")) {
      throw new FilterFault(start, "searches for what is like it ('~') have no counterpart");
    }
    if (text.take("^")) {
      text.number();
    }
    return filter;
  }

  private Filter unboosted(@Nullable String field, int start) {
    if (text.take("*:*")) {
      return Filter.EVERYTHING;
    }
    switch (text.peek()) {
      case '(' -> {
        return group(field, start);
      }
      case '"' -> {
        return quoted(field);
      }
      case '/' -> {
        return regex(field);
      }
      case '[', '{' -> {
        return LuceneRange.read(text, named(field), tests);
      }
      default -> {
        return termOrField(field, start);
      }
    }
  }

  private Filter group(@Nullable String field, int start) {
    if (depth == MAX_DEPTH) {
      throw new FilterFault(start, "nested deeper than " + MAX_DEPTH + " parentheses");
    }
    text.advance();
    depth++;
    Filter inner = clauses(field);
    depth--;
    if (!text.take(")")) {
      throw new FilterFault(start, "this '(' is not closed");
    }
    return inner;
  }

  private Filter quoted(@Nullable String field) {
    String phrase = text.quoted('"', false);
    if (text.peek() == ':') {
      throw new FilterFault("a field is written without quotes");
    }
    return anyDefault(field, phrase.isEmpty(), WildText.literal(phrase));
  }

  private Filter regex(@Nullable String field) {
    return tests.regex(named(field), text.quoted('/', true), false);
  }

  private Filter termOrField(@Nullable String field, int start) {
    if (text.peek() == '<' || text.peek() == '>') {
      return LuceneRange.readComparison(text, named(field), tests);
    }
    if (conjunction() != Conjunction.NONE || text.takeWord("NOT")) {
      throw new FilterFault(start, "a term is expected here, not an operator");
    }
    WildText term = text.term();
    if (term.isEmpty()) {
      String found = text.atEnd() ? "the end" : "'" + text.peek() + "'";
      throw new FilterFault(text.offset(), "a term is expected here, not " + found);
    }
    int end = text.offset();
    text.skipSpace();
    if (text.peek() != ':') {
      return anyDefault(field, false, term);
    }
    if (field != null) {
      throw new FilterFault(end, "a field inside of the field '" + field + "'");
    }
    text.advance();
    text.skipSpace();
    return ofField(term, start);
  }

  private Filter ofField(WildText name, int start) {
    if (!name.isLiteral()) {
      throw new FilterFault(start, "a name with wildcards means several fields; name each of them");
    }
    String field = name.literalText();
    if (field.equals("_exists_")) {
      return tests.exists(text.term().literalText());
    }
    int begin = text.offset();
    try {
      return unboosted(field, begin);
    } catch (FilterFault e) {
      throw e.at(begin);
    }
  }

  /** In the field, or else in the default fields, or else anywhere. */
  private Filter anyDefault(@Nullable String field, boolean empty, WildText term) {
    if (field != null) {
      return tests.value(field, term);
    }
    if (!query.defaultFields().isEmpty()) {
      List<Filter> fields = new ArrayList<>();
      query.defaultFields().forEach(name -> fields.add(tests.value(name, term)));
      return Filter.any(fields);
    }
    if (term.isAnything()) {
      return Filter.EVERYTHING;
    }
    if (empty) {
      throw new FilterFault("an empty text is in any event");
    }
    return FieldTests.anywhere(term);
  }

  private static String named(@Nullable String field) {
    if (field == null) {
      throw new FilterFault("this needs a field before it, as in field:…");
    }
    return field;
  }
}
