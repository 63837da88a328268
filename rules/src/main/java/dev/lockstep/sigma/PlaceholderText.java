package dev.lockstep.sigma;

import java.util.stream.Collectors;

/** How a placeholder's value is written into the value of a rule, so that it means the same. */
enum PlaceholderText {

  /** A Sigma string, in which a backslash at the end must not escape what follows. */
  IN_STRING {
    @Override
    PlaceholderValue written(PlaceholderValue value) {
      String text = value.text();
      int backslashes = 0;
      while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
        backslashes++;
      }
      return backslashes % 2 == 0 ? value : new PlaceholderValue(text + "\\", value.number());
    }
  },

  /**
   * A regular expression. The value stays a Sigma string, in which wildcards alone are special: one
   * list serves rules of every kind, and {@code DC01$} stays a name.
   */
  IN_EXPRESSION {
    @Override
    PlaceholderValue written(PlaceholderValue value) {
      String expression =
          TextPattern.parse(value.text()).parts().stream()
              .map(PlaceholderText::expressionOf)
              .collect(Collectors.joining());
      return new PlaceholderValue("(?:" + expression + ")", false);
    }
  };

  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  abstract PlaceholderValue written(PlaceholderValue value);

  private static String expressionOf(TextPattern.Part part) {
    return switch (part.kind()) {
      case LITERAL, ONE_OF -> quoted(part.text());
      case ANY_RUN -> ".*";
      case ANY_CHAR -> ".";
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
        quoted.append('\\');
      }
      quoted.append(text.charAt(i));
    }
    return quoted.toString();
  }
}
