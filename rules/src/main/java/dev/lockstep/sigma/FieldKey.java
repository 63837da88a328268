package dev.lockstep.sigma;

import dev.lockstep.sigma.Modifier.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
      parsed.checkTogether(issues);
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

  /** The modifier that says what type the value is read as. */
  Optional<Modifier> type() {
    return modifiers.stream().filter(modifier -> modifier.role() == Role.TYPE).findFirst();
  }

  private static Optional<Modifier> modifier(String term, Position position, Issues issues) {
    Optional<Modifier> modifier = Modifier.ofTerm(term);
    if (modifier.isEmpty()) {
      issues.report(
          position,
          "unknown modifier '%s'; there is %s".formatted(term, Modifier.supportedTerms()));
    } else if (modifier.get().role() == Role.UNSUPPORTED) {
      issues.report(position, "the modifier '" + term + "' is not supported yet");
    }
    return modifier;
  }

  private void checkTogether(Issues issues) {
    Optional<Modifier> type = type();
    if (type.isPresent()) {
      checkType(type.get(), issues);
    }
    for (Modifier modifier : modifiers) {
      if (modifier.role() == Role.FLAG && !has(Modifier.RE)) {
        issues.report(
            position, "the modifier '%s' needs 're' before it".formatted(modifier.term()));
      }
    }
    List<Modifier> places =
        modifiers.stream().filter(modifier -> modifier.role() == Role.PLACE).distinct().toList();
    if (places.size() > 1) {
      issues.report(
          position,
          "'%s' and '%s' exclude each other".formatted(places.get(0).term(), places.get(1).term()));
    }
  }

  private void checkType(Modifier type, Issues issues) {
    if (isKeyword() && type != Modifier.RE) {
      issues.report(position, "the modifier '%s' needs a field".formatted(type.term()));
    }
    if (type == Modifier.RE && modifiers.get(0) != Modifier.RE) {
      issues.report(position, "the modifier 're' must come first");
    }
    Set<Modifier> companions = companionsOf(type);
    for (Modifier modifier : modifiers) {
      if (modifier != type && !companions.contains(modifier)) {
        issues.report(
            position, "'%s' cannot be combined with '%s'".formatted(type.term(), modifier.term()));
      }
    }
  }

  private static Set<Modifier> companionsOf(Modifier type) {
    Set<Modifier> companions =
        type == Modifier.EXISTS
            ? EnumSet.noneOf(Modifier.class)
            : EnumSet.of(Modifier.ALL, Modifier.NEQ);
    if (type == Modifier.RE || type == Modifier.FIELDREF) {
      companions.addAll(
          Set.of(Modifier.CONTAINS, Modifier.STARTSWITH, Modifier.ENDSWITH, Modifier.CASED));
    }
    if (type == Modifier.RE) {
      companions.addAll(Set.of(Modifier.I, Modifier.M, Modifier.S));
    }
    return companions;
  }
}
