package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.List;

/** Cuts a condition into words, parentheses and what does not belong there. */
final class ConditionLexer {

  /** A word or a single character, and where in the condition it begins. */
  record Token(String text, int offset) {
    boolean is(String expected) {
      return text.equals(expected);
    }

    boolean isWord() {
      return !text.isEmpty() && isWordCharacter(text.charAt(0));
    }
  }

  private ConditionLexer() {}

  /** Ends with a token of empty text behind the last character. */
  static List<Token> tokensOf(String condition) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < condition.length()) {
      int end = at + 1;
      if (isWordCharacter(condition.charAt(at))) {
        while (end < condition.length() && isWordCharacter(condition.charAt(end))) {
          end++;
        }
      }
      if (!Character.isWhitespace(condition.charAt(at))) {
        tokens.add(new Token(condition.substring(at, end), at));
      }
      at = end;
    }
    tokens.add(new Token("", condition.length()));
    return tokens;
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '*';
  }
}
