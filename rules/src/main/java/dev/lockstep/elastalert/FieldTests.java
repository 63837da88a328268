package dev.lockstep.elastalert;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes tests of fields. What Elasticsearch finds depends on the mapping of the field, which is not
 * known here: {@code .keyword} compares exactly, text fields are searched by words, and of all
 * others it is assumed that they hold one value.
 */
final class FieldTests {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");
  private static final Pattern NETWORK =
      Pattern.compile(
          "[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9a-fA-F:]*:[0-9a-fA-F:]*/[0-9]{1,3}");
  private static final Set<String> OUTSIDE = Set.of("_index", "_type", "_id", "_score", "_source");

  private final Set<String> textFields;
  private final Set<String> whole = new LinkedHashSet<>();
  private final Set<String> within = new LinkedHashSet<>();

  FieldTests(Set<String> textFields) {
    this.textFields = textFields;
  }

  /** The fields whose texts are compared as a whole, whatever their mapping is. */
  Set<String> whole() {
    return whole;
  }

  /** The fields in which texts are looked for. */
  Set<String> within() {
    return within;
  }

  /** The field as events have it. */
  static String fieldOf(String name) {
    String field = name.strip();
    if (field.isEmpty()) {
      throw new FilterFault("a field has no name");
    }
    if (field.indexOf('|') >= 0) {
      throw new FilterFault("Sigma cannot name the field '" + field + "', for its '|'");
    }
    if (field.indexOf('*') >= 0 || field.indexOf('?') >= 0) {
      throw new FilterFault("'%s' means several fields; name each of them".formatted(field));
    }
    if (OUTSIDE.contains(field)) {
      throw new FilterFault("'%s' is Elasticsearch's own; events do not have it".formatted(field));
    }
    return withoutPostfix(field);
  }

  /** Without {@code .keyword}, which names the way in which Elasticsearch indexes the field. */
  static String withoutPostfix(String field) {
    boolean postfix = isExact(field) && field.length() > ".keyword".length();
    return postfix ? field.substring(0, field.length() - ".keyword".length()) : field;
  }

  private static boolean isExact(String field) {
    return field.endsWith(".keyword");
  }

  static boolean isNumber(String text) {
    return NUMBER.matches(text);
  }

  /** The value of a field, with wildcards or without; a lone {@code *} is any. */
  Filter value(String name, WildText text) {
    if (text.isAnything()) {
      return exists(name);
    }
    String field = fieldOf(name);
    if (text.isLiteral()) {
      String literal = text.literalText();
      if (isNumber(literal) && !isText(field)) {
        return new Filter.Test(field, "", Value.plain(literal));
      }
      if (literal.equals("true") || literal.equals("false")) {
        return new Filter.Test(field, "", Value.plain(literal));
      }
      if (NETWORK.matches(literal)) {
        return new Filter.Test(field, "|cidr", Value.text(literal));
      }
    }
    if (isText(field) && !text.isEmpty()) {
      return within(field, text);
    }
    note(name, field);
    return placed(field, isExact(name) ? "|cased" : "", text);
  }

  /** A text at the start of the field's value. */
  Filter prefix(String name, String text) {
    WildText start = WildText.literal(text);
    start.addUnescaped('*');
    return value(name, start);
  }

  /** Words one after the other: in a text field anywhere, else the whole value. */
  Filter phrase(String name, String text) {
    return value(name, WildText.literal(text));
  }

  /** Words of a text field, any or all of them; else the whole value. */
  Filter words(String name, String text, boolean all) {
    if (!isText(fieldOf(name))) {
      return phrase(name, text);
    }
    List<Filter> words = new ArrayList<>();
    for (String word : text.strip().split("\\s+", -1)) {
      words.add(phrase(name, word));
    }
    return all ? Filter.all(words) : Filter.any(words);
  }

  /** A text anywhere in the event. */
  static Filter anywhere(WildText text) {
    return new Filter.Test("", "", Value.text(text.withoutOpenEnds().toSigma()));
  }

  /** Any value but null. */
  Filter exists(String name) {
    return new Filter.Test(fieldOf(name), "|neq", Value.NULL);
  }

  /**
   * A number on one side of another.
   *
   * @param comparison {@code gt}, {@code gte}, {@code lt} or {@code lte}
   */
  Filter comparison(String name, String comparison, String number) {
    if (!isNumber(number)) {
      throw new FilterFault(
          "the bound '%s' is no number; ranges of dates and texts have no counterpart"
              .formatted(number));
    }
    return new Filter.Test(fieldOf(name), "|" + comparison, Value.plain(number));
  }

  /** A regular expression of Lucene that covers the whole value. */
  Filter regex(String name, String expression, boolean ignoreCase) {
    String field = fieldOf(name);
    if (isText(field)) {
      throw new FilterFault(
          "a regular expression on the words of the text field '%s' has no counterpart"
              .formatted(field));
    }
    String converted = LuceneRegex.convert(expression);
    return new Filter.Test(field, ignoreCase ? "|re|i|s" : "|re|s", Value.text(converted));
  }

  private boolean isText(String field) {
    return textFields.contains(field);
  }

  private void note(String name, String field) {
    if (!isExact(name)) {
      whole.add(field);
    }
  }

  private Filter within(String field, WildText text) {
    within.add(field);
    return new Filter.Test(field, "|contains", Value.text(text.withoutOpenEnds().toSigma()));
  }

  /** With the modifier that says where the text is, which reads better than wildcards. */
  private static Filter placed(String field, String cased, WildText text) {
    String place = "";
    WildText inner = text;
    if (!text.withoutOpenEnds().isEmpty()) {
      inner = text.withoutOpenEnds();
      if (text.isOpenAtStart()) {
        place = text.isOpenAtEnd() ? "|contains" : "|endswith";
      } else if (text.isOpenAtEnd()) {
        place = "|startswith";
      }
    }
    return new Filter.Test(field, place + cased, Value.text(inner.toSigma()));
  }
}
