package dev.lockstep.elastalert;

/** The characters of a Lucene query, taken from left to right. */
final class LuceneText {
  private static final String ENDS = "()[]{}:\"^~/!";

  private final String text;
  private int at;

  LuceneText(String text) {
    this.text = text;
  }

  int offset() {
    return at;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** The next character, or NUL at the end. */
  char peek() {
    return atEnd() ? '\0' : text.charAt(at);
  }

  void advance() {
    at++;
  }

  void skipSpace() {
    while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Takes the text if it comes next. */
  boolean take(String expected) {
    boolean next = text.startsWith(expected, at);
    at += next ? expected.length() : 0;
    return next;
  }

  /** Takes the word if it comes next and nothing of a word behind it. */
  boolean takeWord(String word) {
    int end = at + word.length();
    boolean whole = end >= text.length() || endsTerm(text.charAt(end));
    return whole && take(word);
  }

  /** Takes what is quoted up to the closing character, without the backslashes. */
  String quoted(char quote, boolean keepsEscapes) {
    int start = at++;
    StringBuilder taken = new StringBuilder();
    while (peek() != quote || atEnd()) {
      if (atEnd()) {
        throw new FilterFault(start, "this '%s' is not closed".formatted(quote));
      }
      if (peek() == '\\' && at + 1 < text.length()) {
        at++;
        if (keepsEscapes && peek() != quote) {
          taken.append('\\');
        }
      }
      taken.append(text.charAt(at++));
    }
    at++;
    return taken.toString();
  }

  /** Takes a term, which may be empty; unescaped {@code *} and {@code ?} are wildcards. */
  WildText term() {
    WildText term = new WildText();
    while (!atEnd() && !endsTerm(peek())) {
      if (peek() == '\\') {
        term.add(escaped());
      } else {
        term.addUnescaped(text.charAt(at++));
      }
    }
    return term;
  }

  /** Takes what a range begins or ends with: a quoted text, or all up to a space or bracket. */
  String bound() {
    if (peek() == '"') {
      return quoted('"', false);
    }
    int start = at;
    while (!atEnd() && !Character.isWhitespace(peek()) && peek() != ']' && peek() != '}') {
      at++;
    }
    return text.substring(start, at).replace("\\", "");
  }

  /** Takes the digits and dots that come next. */
  String number() {
    int start = at;
    while (!atEnd() && ("0123456789.".indexOf(peek()) >= 0)) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean endsTerm(char c) {
    return Character.isWhitespace(c) || ENDS.indexOf(c) >= 0;
  }

  private char escaped() {
    int start = at++;
    if (atEnd()) {
      throw new FilterFault(start, "a backslash at the end escapes nothing");
    }
    if (peek() == 'u' && at + 5 <= text.length()) {
      String digits = text.substring(at + 1, at + 5);
      if (digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
        at += 5;
        return (char) Integer.parseInt(digits, 16);
      }
    }
    return text.charAt(at++);
  }
}
