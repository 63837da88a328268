package dev.lockstep.explain;

import dev.lockstep.event.FieldValue;

/** Bounds what an explanation takes over from a rule or an event. */
final class Cut {
  private static final int MAX_LENGTH = 1024;

  private Cut() {}

  static String text(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return text.substring(0, end) + "…";
  }

  static FieldValue value(FieldValue value) {
    return value instanceof FieldValue.Text text ? new FieldValue.Text(text(text.value())) : value;
  }
}
