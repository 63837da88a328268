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
    char[] folded = text.toCharArray();
    for (int i = start; i < folded.length; i++) {
      char c = folded[i];
      if (c >= 0x80) {
        return foldCodePoints(new String(folded, 0, i), text, i);
      }
      folded[i] = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
    return new String(folded);
  }

  private static String foldCodePoints(String before, String text, int start) {
    StringBuilder folded = new StringBuilder(text.length()).append(before);
    for (int i = start; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(codePoint)));
      i += Character.charCount(codePoint);
    }
    return folded.toString();
  }
}
