package dev.lockstep.program;

import dev.lockstep.event.DecimalText;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Finds the tests that a value passes by the number that it spells. */
final class NumberIndex {
  private static final int[] NONE = {};
  private static final long NOT_A_NUMBER = -1;
  private static final long OTHER_NUMBER = -2;

  /** So many digits are a {@code long} for certain. */
  private static final int DIGITS_OF_A_LONG = 18;

  private final Map<Long, int[]> whole = new HashMap<>();
  private final Map<BigDecimal, int[]> others = new HashMap<>();

  NumberIndex(Map<BigDecimal, IntList> predicates) {
    predicates.forEach(
        (number, found) -> {
          if (isShortWhole(number)) {
            whole.put(number.longValueExact(), found.toArray());
          } else {
            others.put(number.stripTrailingZeros(), found.toArray());
          }
        });
  }

  void find(String text, Suspects suspects, int value) {
    long number = shortWhole(text);
    if (number >= 0) {
      suspects.settleAll(whole.getOrDefault(number, NONE), value);
    } else if (number != NOT_A_NUMBER) {
      DecimalText.parse(text).ifPresent(decimal -> find(decimal, suspects, value));
    }
  }

  private void find(BigDecimal number, Suspects suspects, int value) {
    int[] found =
        isShortWhole(number)
            ? whole.get(number.longValueExact())
            : others.get(number.stripTrailingZeros());
    suspects.settleAll(found == null ? NONE : found, value);
  }

  private static long shortWhole(String text) {
    int length = text.length();
    if (length == 0 || length > DIGITS_OF_A_LONG) {
      return length == 0 ? NOT_A_NUMBER : OTHER_NUMBER;
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OTHER_NUMBER;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static boolean isShortWhole(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    return bare.signum() >= 0
        && bare.scale() <= 0
        && bare.precision() - (long) bare.scale() <= DIGITS_OF_A_LONG;
  }
}
