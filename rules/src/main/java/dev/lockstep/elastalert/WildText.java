package dev.lockstep.elastalert;

import java.util.ArrayList;
import java.util.List;

/** Text with wildcards, of whichever language it was read. */
final class WildText {
  private static final int ANY_RUN = -1;
  private static final int ANY_CHARACTER = -2;

  /** Characters, and what stands for others. */
  private final List<Integer> units = new ArrayList<>();

  static WildText literal(String text) {
    WildText literal = new WildText();
    text.chars().forEach(literal.units::add);
    return literal;
  }

  /** Reads {@code *} and {@code ?} as wildcards, and a backslash as what makes them none. */
  static WildText ofWildcards(String text) {
    WildText read = new WildText();
    for (int i = 0; i < text.length(); i++) {
      boolean escapes = text.charAt(i) == '\\' && i + 1 < text.length();
      if (escapes) {
        i++;
        read.add(text.charAt(i));
      } else {
        read.addUnescaped(text.charAt(i));
      }
    }
    return read;
  }

  void add(char literal) {
    units.add((int) literal);
  }

  void addUnescaped(char c) {
    units.add(c == '*' ? ANY_RUN : c == '?' ? ANY_CHARACTER : c);
  }

  boolean isEmpty() {
    return units.isEmpty();
  }

  boolean isLiteral() {
    return units.stream().allMatch(unit -> unit >= 0);
  }

  /** Whether any value fits. */
  boolean isAnything() {
    return !units.isEmpty() && units.stream().allMatch(unit -> unit == ANY_RUN);
  }

  boolean isOpenAtStart() {
    return !units.isEmpty() && units.get(0) == ANY_RUN;
  }

  boolean isOpenAtEnd() {
    return !units.isEmpty() && units.get(units.size() - 1) == ANY_RUN;
  }

  /** Without the {@code *} at its start and end. */
  WildText withoutOpenEnds() {
    int from = 0;
    int to = units.size();
    while (from < to && units.get(from) == ANY_RUN) {
      from++;
    }
    while (to > from && units.get(to - 1) == ANY_RUN) {
      to--;
    }
    WildText inner = new WildText();
    inner.units.addAll(units.subList(from, to));
    return inner;
  }

  /** The characters; wildcards are left out. */
  String literalText() {
    StringBuilder text = new StringBuilder();
    units.stream().filter(unit -> unit >= 0).forEach(unit -> text.append((char) (int) unit));
    return text.toString();
  }

  /** As a Sigma string: a backslash is doubled only where it would escape what follows. */
  String toSigma() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < units.size(); i++) {
      int unit = units.get(i);
      if (unit == ANY_RUN || unit == ANY_CHARACTER) {
        text.append(unit == ANY_RUN ? '*' : '?');
      } else {
        boolean last = i + 1 == units.size();
        boolean escapes = unit == '\\' && !last && isSpecial(units.get(i + 1));
        if (escapes || unit == '*' || unit == '?') {
          text.append('\\');
        }
        text.append((char) unit);
      }
    }
    return text.toString();
  }

  private static boolean isSpecial(int unit) {
    return unit < 0 || unit == '*' || unit == '?' || unit == '\\';
  }
}
