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
 */
record RequiredText(List<String> texts, boolean atStart, boolean atEnd) {
  static final RequiredText NONE = new RequiredText(List.of(), false, false);

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
    boolean atStart = true;
    for (Part part : parts) {
      List<String> longer = append(texts, part);
      if (longer.isEmpty()) {
        best = best.orBetter(new RequiredText(texts, atStart, false));
        atStart = false;
        longer = List.of("");
      }
      texts = longer;
    }
    return best.orBetter(new RequiredText(texts, atStart, true));
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
