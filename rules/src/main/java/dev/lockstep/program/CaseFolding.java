package dev.lockstep.program;

/**
 * Makes texts comparable without regard to case, character by character as {@link
 * String#equalsIgnoreCase} compares them.
 *
 * <p>Not {@link String#toLowerCase()}, even with the root locale: there a letter can depend on its
 * neighbours (the Greek final sigma) or become two, and a part of a text would no longer be found
 * in the whole.
 */
final class CaseFolding {
  private CaseFolding() {}

  static String fold(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return foldFrom(text, i);
      }
    }
    return text;
  }

  private static String foldFrom(String text, int start) {
    StringBuilder folded = new StringBuilder(text.length()).append(text, 0, start);
    for (int i = start; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(codePoint)));
      i += Character.charCount(codePoint);
    }
    return folded.toString();
  }
}
