package dev.lockstep.elastalert;

/** Turns the regular expressions of Lucene, which must cover a whole value, into those of Sigma. */
final class LuceneRegex {
  private static final String CLASSES = "dDwWsS";

  private final String expression;
  private final StringBuilder converted = new StringBuilder("^(?:");
  private int at;

  private LuceneRegex(String expression) {
    this.expression = expression;
  }

  /**
   * Says the same to RE2, in which {@code s} must be set.
   *
   * @throws FilterFault if it uses what RE2 does not have
   */
  static String convert(String expression) {
    LuceneRegex regex = new LuceneRegex(expression);
    while (regex.at < expression.length()) {
      regex.convertNext();
    }
    return regex.converted.append(")$").toString();
  }

  private void convertNext() {
    char c = expression.charAt(at);
    switch (c) {
      case '\\' -> escape();
      case '[' -> characterClass();
      case '"' -> quoted();
      case '@', '&', '~', '#', '<', '>' ->
          throw new FilterFault(
              "'%s' is an operator of Lucene's regular expressions only".formatted(c));
      case '^', '$' -> {
        converted.append('\\').append(c);
        at++;
      }
      default -> {
        converted.append(c);
        at++;
      }
    }
  }

  private void escape() {
    if (at + 1 == expression.length()) {
      throw new FilterFault("a backslash at the end of a regular expression");
    }
    char escaped = expression.charAt(at + 1);
    boolean alphanumeric = Character.isLetterOrDigit(escaped);
    if (alphanumeric && CLASSES.indexOf(escaped) < 0) {
      throw new FilterFault("'\\%s' has no meaning that is certain".formatted(escaped));
    }
    if (escaped < 128) {
      converted.append('\\');
    }
    converted.append(escaped);
    at += 2;
  }

  private void characterClass() {
    converted.append('[');
    at++;
    if (at < expression.length() && expression.charAt(at) == '^') {
      converted.append('^');
      at++;
    }
    while (at < expression.length() && expression.charAt(at) != ']') {
      char c = expression.charAt(at);
      if (c == '\\') {
        escape();
      } else {
        converted.append(c == '[' ? "\\[" : String.valueOf(c));
        at++;
      }
    }
    if (at == expression.length()) {
      throw new FilterFault("this '[' is not closed");
    }
    converted.append(']');
    at++;
  }

  private void quoted() {
    int end = expression.indexOf('"', at + 1);
    if (end < 0) {
      throw new FilterFault("this '\"' is not closed");
    }
    for (char c : expression.substring(at + 1, end).toCharArray()) {
      if (c < 128 && !Character.isLetterOrDigit(c)) {
        converted.append('\\');
      }
      converted.append(c);
    }
    at = end + 1;
  }
}
