package dev.lockstep.program;

import dev.lockstep.event.DecimalText;
import dev.lockstep.event.EventText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the tests that a value passes by the number that it spells. */
final class NumberIndex {
  private static final long NOT_A_NUMBER = -1;
  private static final long OTHER_NUMBER = -2;

  private static final int[] NONE = {};

  /** So many digits are a {@code long} for certain. */
  private static final int DIGITS_OF_A_LONG = 18;

  /** In order, each with its predicates at the same place. */
  private final long[] whole;

  private final int[][] wholePredicates;
  private final Map<BigDecimal, int[]> others = new HashMap<>();

  NumberIndex(Map<BigDecimal, IntList> predicates) {
    SortedMap<Long, int[]> sorted = new TreeMap<>();
    predicates.forEach(
        (number, found) -> {
          if (isShortWhole(number)) {
            sorted.put(number.longValueExact(), found.toArray());
          } else {
            others.put(number.stripTrailingZeros(), found.toArray());
          }
        });
    this.whole = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
    this.wholePredicates = sorted.values().toArray(int[][]::new);
  }

  void find(EventText text, Suspects suspects, int value) {
    long number = shortWhole(text);
    if (number >= 0) {
      find(number, suspects, value);
    } else if (number != NOT_A_NUMBER) {
      DecimalText.parse(text.decoded()).ifPresent(decimal -> find(decimal, suspects, value));
    }
  }

  private void find(BigDecimal number, Suspects suspects, int value) {
    if (isShortWhole(number)) {
      find(number.longValueExact(), suspects, value);
    } else {
      int[] found = others.getOrDefault(number.stripTrailingZeros(), NONE);
      suspects.settleAll(found, 0, found.length, value);
    }
  }

  private void find(long number, Suspects suspects, int value) {
    int place = Arrays.binarySearch(whole, number);
    if (place >= 0) {
      suspects.settleAll(wholePredicates[place], 0, wholePredicates[place].length, value);
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
