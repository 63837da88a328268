package dev.lockstep.sigma;

import java.math.BigDecimal;

/** The numeric modifiers, and the equality that stands without one. */
public enum Comparison {
  EQ,
  LT,
  LTE,
  GT,
  GTE;

  /** Tells whether {@code value} stands in this relation to {@code bound}. */
  public boolean holds(BigDecimal value, BigDecimal bound) {
    int order = value.compareTo(bound);
    return switch (this) {
      case EQ -> order == 0;
      case LT -> order < 0;
      case LTE -> order <= 0;
      case GT -> order > 0;
      case GTE -> order >= 0;
    };
  }
}
