package dev.lockstep.sigma;

import dev.lockstep.sigma.TextPattern.Kind;
import dev.lockstep.sigma.TextPattern.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * The modifier {@code windash}: a dash or slash before a word stands for each of them, because
 * Windows programs take them alike. A dash inside a word ({@code a-b}) is left alone.
 */
final class WindowsDashes {
  private static final String DASHES = "-/\u2013\u2014\u2015";
  private static final Part ANY_DASH = new Part(Kind.ONE_OF, DASHES);

  private WindowsDashes() {}

  static TextPattern widen(TextPattern pattern) {
    List<Part> widened = new ArrayList<>();
    for (Part part : pattern.parts()) {
      if (part.kind() == Kind.LITERAL) {
        widenLiteral(part.text(), widened);
      } else {
        widened.add(part);
      }
    }
    return new TextPattern(widened);
  }

  private static void widenLiteral(String text, List<Part> widened) {
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (startsOption(text, i)) {
        TextPattern.flush(literal, widened);
        widened.add(ANY_DASH);
      } else {
        literal.append(text.charAt(i));
      }
    }
    TextPattern.flush(literal, widened);
  }

  private static boolean startsOption(String text, int i) {
    return DASHES.indexOf(text.charAt(i)) >= 0
        && (i == 0 || !isWordCharacter(text.charAt(i - 1)))
        && i + 1 < text.length()
        && isWordCharacter(text.charAt(i + 1));
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
