package dev.lockstep.event;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads numbers that a stranger wrote: what is not a plain decimal is no number, and never an
 * exception.
 */
public final class DecimalText {
  private static final int MAX_LENGTH = 1000;

  /** Beyond this, what is done with a number may overflow. */
  private static final int MAX_SCALE = 1_000_000_000;

  private DecimalText() {}

  /** Returns the number that the text spells, empty if it spells none. */
  public static Optional<BigDecimal> parse(String text) {
    if (!looksDecimal(text)) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) <= MAX_SCALE ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      // "1-2", "..", or an exponent beyond 32 bits
      return Optional.empty();
    }
  }

  private static boolean looksDecimal(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
