package dev.lockstep.program;

import dev.lockstep.event.DecimalText;
import dev.lockstep.event.EventText;
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
  private final EventText text = new EventText();
  private @Nullable String folded;

  SeenValue() {}

  SeenValue(FieldValue value) {
    kind = value.kind();
    text.set(String.valueOf(value.asText()));
  }

  /**
   * @param text of the JSON null, which has no text, it does not matter
   */
  void set(ScalarKind kind, EventText text) {
    this.kind = kind;
    this.text.set(text);
    this.folded = null;
  }

  /** Holds nothing of the event any more. */
  void forget() {
    kind = ScalarKind.NULL;
    text.set("");
    folded = null;
  }

  ScalarKind kind() {
    return kind;
  }

  /** Null for the JSON null alone. */
  @Nullable String text() {
    return kind == ScalarKind.NULL ? null : text.decoded();
  }

  /** The text as it stands in the event; of no meaning for the JSON null. */
  EventText source() {
    return text;
  }

  /** The text without regard to case; null when there is no text. */
  @Nullable String folded() {
    if (folded == null && kind != ScalarKind.NULL) {
      folded = CaseFolding.fold(text.decoded());
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
    return kind.isSearched() ? DecimalText.parse(text.decoded()) : Optional.empty();
  }

  /** What a reader of the alert is shown. */
  String display() {
    return kind == ScalarKind.NULL ? "null" : text.decoded();
  }
}
