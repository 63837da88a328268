package dev.lockstep.program;

import java.util.Arrays;

/**
 * Maps characters to a small alphabet for the index of texts. Characters that fold to the same one
 * are of one class; different ones may be, too, so that a class sequence says where a text can be
 * and never misses where it is.
 *
 * <p>The printable characters of ASCII have a class each, the control characters share one, and all
 * others share a few. {@link #EDGE} stands before and after a text, so that the index knows its
 * ends.
 */
final class CharacterClasses {
  static final byte EDGE = 0;
  static final int COUNT;

  private static final int SHARED_BY_OTHERS = 16;
  private static final byte[] CLASSES = new byte[Character.MAX_VALUE + 1];

  static {
    byte next = EDGE + 1;
    byte control = next++;
    for (char c = 0; c < 0x80; c++) {
      if (c < ' ' || c == 0x7F) {
        CLASSES[c] = control;
      } else if (fold(c) == c) {
        CLASSES[c] = next++;
      }
    }
    byte surrogate = next++;
    for (int i = 0; i < CLASSES.length; i++) {
      char folded = fold((char) i);
      if (Character.isSurrogate(folded)) {
        CLASSES[i] = surrogate;
      } else if (folded >= 0x80) {
        CLASSES[i] = (byte) (next + folded % SHARED_BY_OTHERS);
      } else {
        CLASSES[i] = CLASSES[folded];
      }
    }
    COUNT = next + SHARED_BY_OTHERS;
  }

  private CharacterClasses() {}

  static byte of(char c) {
    return CLASSES[c];
  }

  /** The classes of a text, an edge before and after where it is said so. */
  static byte[] encode(String text, boolean edgeBefore, boolean edgeAfter) {
    byte[] classes = new byte[text.length() + 2];
    classes[0] = EDGE;
    for (int i = 0; i < text.length(); i++) {
      classes[i + 1] = of(text.charAt(i));
    }
    classes[text.length() + 1] = EDGE;
    return Arrays.copyOfRange(
        classes, edgeBefore ? 0 : 1, edgeAfter ? classes.length : classes.length - 1);
  }

  private static char fold(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}
