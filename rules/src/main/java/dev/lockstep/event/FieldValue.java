package dev.lockstep.event;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One scalar of an event; an object or an array is never a value, only what it holds is. */
public sealed interface FieldValue {

  /** How the value reads as text, or null for the JSON null, which has no text. */
  @Nullable String asText();

  /** The number that this value is or spells; empty for whatever no number can be read from. */
  default Optional<BigDecimal> asNumber() {
    return Optional.empty();
  }

  /** Which of the kinds it is. */
  ScalarKind kind();

  /** A JSON string. */
  record Text(String value) implements FieldValue {
    @Override
    public ScalarKind kind() {
      return ScalarKind.TEXT;
    }

    @Override
    public String asText() {
      return value;
    }

    @Override
    public Optional<BigDecimal> asNumber() {
      return DecimalText.parse(value);
    }
  }

  /** A JSON number in exactly the digits of the event, so that no identifier loses its tail. */
  record Numeric(String digits) implements FieldValue {
    @Override
    public ScalarKind kind() {
      return ScalarKind.NUMBER;
    }

    @Override
    public String asText() {
      return digits;
    }

    @Override
    public Optional<BigDecimal> asNumber() {
      return DecimalText.parse(digits);
    }
  }

  /** A JSON {@code true} or {@code false}. */
  record Truth(boolean value) implements FieldValue {
    @Override
    public ScalarKind kind() {
      return ScalarKind.TRUTH;
    }

    @Override
    public String asText() {
      return Boolean.toString(value);
    }
  }

  /** The JSON null, which is not the same as an absent field. */
  record Null() implements FieldValue {
    @Override
    public ScalarKind kind() {
      return ScalarKind.NULL;
    }

    @Override
    public @Nullable String asText() {
      return null;
    }
  }
}
