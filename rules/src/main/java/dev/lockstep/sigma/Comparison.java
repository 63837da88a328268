package dev.lockstep.sigma;

import java.math.BigDecimal;

/** The numeric modifiers. */
public enum Comparison {
  LT,
  LTE,
  GT,
  GTE;

  /** Tells whether {@code value} stands in this relation to {@code bound}. */
  public boolean holds(BigDecimal value, BigDecimal bound) {
    int order = value.compareTo(bound);
    return switch (this) {
      case LT -> order < 0;
      case LTE -> order <= 0;
      case GT -> order > 0;
      case GTE -> order >= 0;
    };
  }
}
