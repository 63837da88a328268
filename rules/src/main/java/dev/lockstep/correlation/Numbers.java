package dev.lockstep.correlation;

import dev.lockstep.event.DecimalText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Numbers of fields, within bounds in which adding them up stays cheap and exact. */
final class Numbers {
  private static final int MAX_DIGITS = 60;
  private static final int MAX_SCALE = 340;

  private Numbers() {}

  /** The number of the only value; empty if it is none. */
  static Optional<BigDecimal> of(Occurrence occurrence) {
    List<String> values = occurrence.values();
    return values.isEmpty() ? Optional.empty() : of(values.get(0));
  }

  static Optional<BigDecimal> of(String value) {
    return DecimalText.parse(value)
        .filter(
            number -> number.precision() <= MAX_DIGITS && Math.abs(number.scale()) <= MAX_SCALE);
  }
}
