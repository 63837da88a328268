package dev.lockstep.sigma;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a number must be compared with, all of it to hold (Sigma specification, "Correlation
 * condition").
 */
public record Bounds(List<Bound> bounds) {

  /**
   * One comparison.
   *
   * @param negated whether it must not hold: {@code neq} is a negated {@code eq}
   */
  public record Bound(Comparison comparison, boolean negated, BigDecimal number) {

    boolean holds(BigDecimal value) {
      return comparison.holds(value, number) != negated;
    }

    /**
     * Tells whether the comparison holds for a value on that side of the number: negative below it,
     * 0 at it, positive above.
     */
    public boolean holdsFor(int side) {
      return comparison.holds(BigDecimal.valueOf(side), BigDecimal.ZERO) != negated;
    }
  }

  public Bounds {
    bounds = List.copyOf(bounds);
  }

  /** Bounds of one comparison with a whole number. */
  public static Bounds of(Comparison comparison, long number) {
    return new Bounds(
        List.of(new Bound(comparison, /* negated= */ false, BigDecimal.valueOf(number))));
  }

  /** Tells whether all comparisons hold. */
  public boolean holds(BigDecimal value) {
    for (Bound bound : bounds) {
      if (!bound.holds(value)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether all comparisons hold. */
  public boolean holds(long value) {
    return holds(BigDecimal.valueOf(value));
  }

  /**
   * A whole number beyond which all numbers are judged alike; for bounds of counts, which are whole
   * numbers themselves.
   */
  public long saturation() {
    return bounds.stream().mapToLong(bound -> bound.number().longValue()).max().orElse(0) + 1;
  }
}
