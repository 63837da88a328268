package dev.lockstep.cli.report;

/**
 * HTML as it grows. Text and attributes are escaped, whatever is in them; markup comes from the
 * code alone.
 */
final class Html {

  private final StringBuilder out = new StringBuilder(1 << 16);

  /** Adds markup that the code itself holds. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Adds text. */
  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** Adds text cut to about {@code max} characters. */
  Html text(String text, int max) {
    return text(cut(text, max));
  }

  /** Adds an element with nothing but text in it; {@code tag} may have attributes. */
  Html element(String tag, String text) {
    int end = tag.indexOf(' ');
    return raw("<" + tag + ">")
        .text(text)
        .raw("</" + (end < 0 ? tag : tag.substring(0, end)) + ">");
  }

  static String cut(String text, int max) {
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max)) + "…";
  }

  /**
   * Text that can stand between tags and between quotes. What a browser would not show, or by which
   * it would turn the direction of all that follows, is written as its number.
   */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '`' -> safe.append("&#96;");
                case '\n', '\t' -> safe.append(' ');
                default -> {
                  if (isHidden(c)) {
                    safe.append("\\u{").append(Integer.toHexString(c)).append('}');
                  } else {
                    safe.appendCodePoint(c);
                  }
                }
              }
            });
    return safe.toString();
  }

  private static boolean isHidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
