package dev.lockstep.program;

import dev.lockstep.event.DecimalText;
import dev.lockstep.event.EventText;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the tests that a value passes by the number that it spells. */
final class NumberIndex {
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

  void find(EventText text, Suspects suspects, int value) {
    long number = shortWhole(text);
    if (number >= 0) {
      settle(whole.get(number), suspects, value);
    } else if (number != NOT_A_NUMBER) {
      DecimalText.parse(text.decoded()).ifPresent(decimal -> find(decimal, suspects, value));
    }
  }

  private void find(BigDecimal number, Suspects suspects, int value) {
    int[] found =
        isShortWhole(number)
            ? whole.get(number.longValueExact())
            : others.get(number.stripTrailingZeros());
    settle(found, suspects, value);
  }

  private static void settle(int @Nullable [] predicates, Suspects suspects, int value) {
    if (predicates != null) {
      suspects.settleAll(predicates, 0, predicates.length, value);
    }
  }

  private static long shortWhole(EventText text) {
    int length = text.to() - text.from();
    if (!text.isAscii() || length > DIGITS_OF_A_LONG) {
      return OTHER_NUMBER;
    }
    long number = 0;
    for (int i = text.from(); i < text.to(); i++) {
      int digit = text.bytes()[i] - '0';
      if (digit < 0 || digit > 9) {
        return OTHER_NUMBER;
      }
      number = number * 10 + digit;
    }
    return length == 0 ? NOT_A_NUMBER : number;
  }

  private static boolean isShortWhole(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    return bare.signum() >= 0
        && bare.scale() <= 0
        && bare.precision() - (long) bare.scale() <= DIGITS_OF_A_LONG;
  }
}
