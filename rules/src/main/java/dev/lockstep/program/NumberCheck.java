package dev.lockstep.program;

import java.math.BigDecimal;
import java.util.function.Predicate;

/** Passes numbers, and texts that spell one, on which a condition holds. */
final class NumberCheck implements ValueCheck {
  private final Predicate<BigDecimal> condition;

  NumberCheck(Predicate<BigDecimal> condition) {
    this.condition = condition;
  }

  @Override
  public boolean passes(SeenValue value) {
    return value.asNumber().filter(condition).isPresent();
  }
}
