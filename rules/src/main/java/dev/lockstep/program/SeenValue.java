package dev.lockstep.program;

import dev.lockstep.event.FieldValue;
import org.jspecify.annotations.Nullable;

/** A value of the event at hand, with its folded text once some rule has asked for it. */
final class SeenValue {
  private final FieldValue value;
  private @Nullable String folded;

  SeenValue(FieldValue value) {
    this.value = value;
  }

  FieldValue value() {
    return value;
  }

  @Nullable String text() {
    return value.asText();
  }

  /** The text without regard to case; null when there is no text. */
  @Nullable String folded() {
    String text = value.asText();
    if (folded == null && text != null) {
      folded = CaseFolding.fold(text);
    }
    return folded;
  }

  /** What a reader of the alert is shown. */
  String display() {
    String text = value.asText();
    return text == null ? "null" : text;
  }
}
