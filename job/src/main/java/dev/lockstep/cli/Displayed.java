package dev.lockstep.cli;

/** Text of rules and events as a terminal may show it: on one line, and unable to command it. */
final class Displayed {
  private Displayed() {}

  /** Escapes what a terminal would obey, or would not show. */
  static String safe(String text) {
    if (text.codePoints().noneMatch(Displayed::isHidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isHidden(c)) {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  /** The same, cut to about {@code max} characters. */
  static String safe(String text, int max) {
    if (text.codePointCount(0, text.length()) <= max) {
      return safe(text);
    }
    return safe(text.substring(0, text.offsetByCodePoints(0, max))) + "…";
  }

  private static boolean isHidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
