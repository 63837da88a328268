package dev.lockstep.program;

import dev.lockstep.event.DecimalText;
import dev.lockstep.event.FieldValue;
import dev.lockstep.event.ScalarKind;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of the event at hand, with its folded text once some rule has asked for it. Belongs to
 * one thread, which may use it again for another value.
 */
final class SeenValue {
  private ScalarKind kind = ScalarKind.NULL;
  private @Nullable String text;
  private @Nullable String folded;

  SeenValue() {}

  SeenValue(FieldValue value) {
    set(value.kind(), String.valueOf(value.asText()));
  }

  /**
   * @param text of the JSON null, which has no text, it does not matter
   */
  void set(ScalarKind kind, String text) {
    this.kind = kind;
    this.text = kind == ScalarKind.NULL ? null : text;
    this.folded = null;
  }

  ScalarKind kind() {
    return kind;
  }

  /** Null for the JSON null alone. */
  @Nullable String text() {
    return text;
  }

  /** The text without regard to case; null when there is no text. */
  @Nullable String folded() {
    if (folded == null && text != null) {
      folded = CaseFolding.fold(text);
    }
    return folded;
  }

  /** Tells whether one of the texts, which are folded, is in this one; false without a text. */
  boolean foldedContainsAny(Collection<String> texts) {
    String where = folded();
    if (where != null) {
      for (String text : texts) {
        if (where.contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The number that this value is or spells; empty for whatever no number can be read from. */
  Optional<BigDecimal> asNumber() {
    return text == null || kind == ScalarKind.TRUTH ? Optional.empty() : DecimalText.parse(text);
  }

  /** What a reader of the alert is shown. */
  String display() {
    return text == null ? "null" : text;
  }
}
