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
  private static final EventText NOTHING = EventText.of("");

  private ScalarKind kind;
  private EventText text;
  private @Nullable String folded;
  private @Nullable CheckMemo memo;

  SeenValue() {
    this(ScalarKind.NULL, NOTHING);
  }

  SeenValue(FieldValue value) {
    this(value.kind(), EventText.of(String.valueOf(value.asText())));
  }

  private SeenValue(ScalarKind kind, EventText text) {
    this.kind = kind;
    this.text = text;
  }

  /** Returns the same value, which lasts longer than the event and remembers what it passed. */
  SeenValue kept() {
    SeenValue kept = new SeenValue(kind, EventText.of(text.decoded()));
    kept.memo = new CheckMemo();
    return kept;
  }

  /**
   * Holds a value of the next event.
   *
   * @param text of the JSON null, which has no text, it does not matter
   */
  void set(ScalarKind kind, EventText text) {
    // events are alike, and to write what is there already costs more than to look
    if (this.kind != kind) {
      this.kind = kind;
    }
    if (this.text != text) {
      this.text = text;
    }
    if (folded != null) {
      folded = null;
    }
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

  /**
   * Puts the value to a check, unless it is known to have been put to it before.
   *
   * @param number of the check in the program, from 0
   */
  boolean passes(ValueCheck check, int number) {
    CheckMemo known = memo;
    if (known == null) {
      return check.passes(this);
    }
    int verdict = known.verdictOn(number);
    if (verdict == CheckMemo.UNKNOWN) {
      boolean passes = check.passes(this);
      known.keep(number, passes);
      return passes;
    }
    return verdict == CheckMemo.PASSES;
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
