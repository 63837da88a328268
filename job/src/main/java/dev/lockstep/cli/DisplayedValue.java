package dev.lockstep.cli;

import dev.lockstep.event.FieldValue;

/** A value of an event as people are shown it: text in quotes, all else bare. */
final class DisplayedValue {
  private DisplayedValue() {}

  static String of(FieldValue value, int max) {
    String text = value.asText();
    if (text == null) {
      return "null";
    }
    String shown = Displayed.safe(text, max);
    return value instanceof FieldValue.Text ? "'" + shown + "'" : shown;
  }
}
