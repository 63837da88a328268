package dev.lockstep.sigma;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses search identifiers by name or pattern, and says what could have been meant. */
final class Selector {
  private final Set<String> identifiers;

  Selector(Set<String> identifiers) {
    this.identifiers = identifiers;
  }

  /** Identifiers with a leading underscore are chosen only by patterns that have one, too. */
  List<Condition> select(String pattern) {
    String glob = pattern.equals("them") ? "*" : pattern;
    Pattern names = Pattern.compile(glob.replace("*", ".*"));
    List<Condition> chosen = new ArrayList<>();
    for (String identifier : identifiers) {
      boolean hidden = identifier.startsWith("_") && !glob.startsWith("_");
      if (!hidden && names.matches(identifier)) {
        chosen.add(new Condition.Identifier(identifier));
      }
    }
    return chosen;
  }

  String nothingSelected(String pattern) {
    return "no search identifier matches '%s'; there is %s".formatted(pattern, known());
  }

  Optional<String> unknown(String identifier) {
    if (identifiers.contains(identifier)) {
      return Optional.empty();
    }
    if (identifier.contains("*") || identifier.equals("them")) {
      return Optional.of("a pattern needs '1 of' or 'all of' before it: '1 of " + identifier + "'");
    }
    return Optional.of(
        "the search identifier '%s' is not defined; there is %s".formatted(identifier, known()));
  }

  private String known() {
    return identifiers.isEmpty() ? "none" : String.join(", ", identifiers);
  }
}
