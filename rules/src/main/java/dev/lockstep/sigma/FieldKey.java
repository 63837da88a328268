package dev.lockstep.sigma;

import dev.lockstep.sigma.Modifier.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The key of a detection item: a field, or none for keywords, and modifiers that go together.
 *
 * @param modifiers in the order in which they apply
 */
record FieldKey(String field, List<Modifier> modifiers, Position position) {

  FieldKey {
    modifiers = List.copyOf(modifiers);
  }

  /** The key of keywords in a plain list. */
  static FieldKey ofKeywords(Position position) {
    return new FieldKey("", List.of(), position);
  }

  /** Reads {@code field|modifier|…}; returns empty after having reported why. */
  static Optional<FieldKey> parse(YamlNode.Scalar key, Issues issues) {
    int before = issues.count();
    List<Modifier> modifiers = new ArrayList<>();
    int bar = key.text().indexOf('|');
    String field = bar < 0 ? key.text() : key.text().substring(0, bar);
    while (bar >= 0) {
      int end = key.text().indexOf('|', bar + 1);
      String term = key.text().substring(bar + 1, end < 0 ? key.text().length() : end);
      Position position = key.at(bar + 1);
      modifier(term, position, issues).ifPresent(modifiers::add);
      bar = end;
    }
    FieldKey parsed = new FieldKey(field.replace(" ", ""), modifiers, key.position());
    if (issues.count() == before) {
      new ModifierChecks(parsed, issues).report();
    }
    return issues.count() == before ? Optional.of(parsed) : Optional.empty();
  }

  boolean isKeyword() {
    return field.isEmpty();
  }

  /** The question that a test under this key puts to an event. */
  Detection asks(ValueTest test) {
    return isKeyword() ? new Detection.Keyword(test) : new Detection.Field(field, test);
  }

  boolean has(Modifier modifier) {
    return modifiers.contains(modifier);
  }

  /** The modifiers that act on text, in order. */
  List<Modifier> textModifiers() {
    return modifiers.stream()
        .filter(modifier -> modifier.role() == Role.TEXT || modifier.role() == Role.PLACE)
        .toList();
  }

  /** The first modifier of the role. */
  Optional<Modifier> first(Role role) {
    return modifiers.stream().filter(modifier -> modifier.role() == role).findFirst();
  }

  /** The modifier that says what the value is read as: a type, else a date, else a number. */
  Optional<Modifier> type() {
    return first(Role.TYPE).or(() -> first(Role.DATE_PART)).or(() -> first(Role.COMPARISON));
  }

  private static Optional<Modifier> modifier(String term, Position position, Issues issues) {
    Optional<Modifier> modifier = Modifier.ofTerm(term);
    if (modifier.isEmpty()) {
      issues.report(
          position, "unknown modifier '%s'; there is %s".formatted(term, Modifier.terms()));
    }
    return modifier;
  }
}
