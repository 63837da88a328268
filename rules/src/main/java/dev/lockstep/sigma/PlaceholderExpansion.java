package dev.lockstep.sigma;

import dev.lockstep.sigma.RuleSize.Measure;
import dev.lockstep.sigma.YamlNode.Scalar;
import dev.lockstep.sigma.YamlNode.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The modifier {@code expand}: makes of a value with placeholders the values with all combinations
 * of what they stand for.
 */
final class PlaceholderExpansion {
  private final PlaceholderText reading;
  private final DocumentScope scope;
  private final Scalar value;
  private final List<List<PlaceholderValue>> pieces = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private boolean faulty;

  private PlaceholderExpansion(PlaceholderText reading, DocumentScope scope, Scalar value) {
    this.reading = reading;
    this.scope = scope;
    this.value = value;
  }

  /** Returns the values that one value becomes; none after having reported why. */
  static List<Scalar> of(Scalar value, FieldKey key, DocumentScope scope) {
    if (!key.has(Modifier.EXPAND) || !value.is(ScalarType.TEXT)) {
      return List.of(value);
    }
    PlaceholderText reading =
        key.has(Modifier.RE) ? PlaceholderText.IN_EXPRESSION : PlaceholderText.IN_STRING;
    PlaceholderExpansion expansion = new PlaceholderExpansion(reading, scope, value);
    expansion.split(value.text());
    return expansion.faulty || !expansion.isAdmitted() ? List.of() : expansion.combined();
  }

  /** A backslash before a percent sign escapes it; all other backslashes stay what they are. */
  private void split(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '%') {
        at = placeholder(text, at);
        continue;
      }
      char next = c == '\\' && at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      if (next != '%') {
        literal.append(c);
      }
      boolean pair = next == '\\' || next == '%';
      if (pair) {
        literal.append(next);
      }
      at += pair ? 2 : 1;
    }
    endLiteral();
  }

  /** Returns where the text goes on behind the placeholder that begins at the percent sign. */
  private int placeholder(String text, int at) {
    int end = text.indexOf('%', at + 1);
    String name = end < 0 ? "" : text.substring(at + 1, end);
    if (!PlaceholderParser.isName(name)) {
      fault(
          at,
          "this '%' begins no placeholder such as %Servers%; write \\% for the character, and"
              + " \\\\%Servers% for a backslash before a placeholder");
      return text.length();
    }
    Optional<List<PlaceholderValue>> values = scope.valuesOf(name);
    if (values.isEmpty()) {
      fault(
          at,
          "the placeholder '%%%s%%' has no values; define it under 'placeholders' in a values file; there is %s"
              .formatted(name, scope.knownPlaceholders()));
    } else {
      endLiteral();
      pieces.add(values.get().stream().map(reading::written).toList());
    }
    return end + 1;
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      pieces.add(List.of(new PlaceholderValue(literal.toString(), false)));
      literal.setLength(0);
    }
  }

  private void fault(int at, String message) {
    scope.issues().report(value.at(at), message);
    faulty = true;
  }

  private boolean isAdmitted() {
    double combinations = 1;
    double characters = 0;
    for (List<PlaceholderValue> piece : pieces) {
      double lengths = piece.stream().mapToLong(choice -> choice.text().length()).sum();
      characters = characters * piece.size() + lengths * combinations;
      combinations *= piece.size();
    }
    return scope.size().admits(Measure.TESTS, value.position(), (long) combinations)
        && scope.size().admits(Measure.CHARACTERS, value.position(), (long) characters);
  }

  private List<Scalar> combined() {
    if (pieces.size() == 1) {
      return pieces.get(0).stream().map(choice -> scalar(choice.text(), choice.number())).toList();
    }
    List<String> texts = List.of("");
    for (List<PlaceholderValue> piece : pieces) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        piece.forEach(choice -> longer.add(text + choice.text()));
      }
      texts = longer;
    }
    return texts.stream().map(text -> scalar(text, false)).toList();
  }

  private Scalar scalar(String text, boolean number) {
    ScalarType type = number ? ScalarType.NUMBER : ScalarType.TEXT;
    return new Scalar(type, text, Scalar.REWRITTEN, value.position());
  }
}
