package dev.lockstep.program;

import dev.lockstep.sigma.TextPattern;
import dev.lockstep.sigma.TextPattern.Kind;
import dev.lockstep.sigma.TextPattern.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts of which one must stand in a value, whatever its case, for a test to pass: the part of a
 * pattern that says most.
 *
 * @param texts none when nothing is required
 * @param atStart whether it must begin the value
 * @param atEnd whether it must end the value
 * @param isAll whether nothing else is required
 */
record RequiredText(List<String> texts, boolean atStart, boolean atEnd, boolean isAll) {
  static final RequiredText NONE = new RequiredText(List.of(), false, false, false);

  /** A set of characters multiplies the texts; beyond this many it is left out. */
  private static final int MAX_TEXTS = 25;

  private static final int WORTH_OF_AN_END = 2;

  RequiredText {
    texts = List.copyOf(texts);
  }

  /** Takes the best of the runs between the wildcards. */
  static RequiredText of(TextPattern pattern) {
    RequiredText best = NONE;
    List<Part> parts = pattern.parts();
    List<String> texts = List.of("");
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      List<String> longer = append(texts, parts.get(i));
      if (longer.isEmpty()) {
        best = best.orBetter(new RequiredText(texts, from == 0, false, isAll(parts, from, i)));
        from = i + 1;
        longer = List.of("");
      }
      texts = longer;
    }
    boolean isAll = isAll(parts, from, parts.size());
    return best.orBetter(new RequiredText(texts, from == 0, true, isAll));
  }

  /** How many characters a text has at least that passes for one of these. */
  int length() {
    int edges = (atStart ? WORTH_OF_AN_END : 0) + (atEnd ? WORTH_OF_AN_END : 0);
    return edges + texts.stream().mapToInt(String::length).min().orElse(0);
  }

  private RequiredText orBetter(RequiredText other) {
    boolean anything =
        other.texts.isEmpty() || (other.texts.contains("") && !(other.atStart && other.atEnd));
    boolean worse = !texts.isEmpty() && other.length() <= length();
    return anything || worse ? this : other;
  }

  /** Tells whether there is nothing but a {@code *} before and behind these parts. */
  private static boolean isAll(List<Part> parts, int from, int to) {
    return (from == 0 || isOpening(parts, from)) && (to == parts.size() || isClosing(parts, to));
  }

  private static boolean isOpening(List<Part> parts, int from) {
    return from == 1 && parts.get(0).kind() == Kind.ANY_RUN;
  }

  private static boolean isClosing(List<Part> parts, int to) {
    return to == parts.size() - 1 && parts.get(to).kind() == Kind.ANY_RUN;
  }

  private static List<String> append(List<String> texts, Part part) {
    if (part.kind() == Kind.LITERAL) {
      return texts.stream().map(text -> text + part.text()).toList();
    }
    List<String> longer = new ArrayList<>();
    if (part.kind() == Kind.ONE_OF && texts.size() * part.text().length() <= MAX_TEXTS) {
      for (String text : texts) {
        part.text().codePoints().forEach(c -> longer.add(text + Character.toString(c)));
      }
    }
    return longer;
  }
}
