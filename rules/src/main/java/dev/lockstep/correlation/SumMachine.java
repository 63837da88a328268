package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** {@code value_sum} and {@code value_avg}. */
final class SumMachine extends ValueMachine {
  private final Bounds bounds;
  private final boolean mean;

  /**
   * @param mean whether the mean is compared and not the sum
   */
  SumMachine(
      long timespan,
      Bounds bounds,
      boolean mean,
      int most,
      Slots slots,
      @Nullable PieceReader state) {
    super(timespan, most, slots, state);
    this.bounds = bounds;
    this.mean = mean;
  }

  @Override
  boolean isTrue() {
    return bounds.holds(value());
  }

  @Override
  BigDecimal value() {
    return mean ? sum().divide(BigDecimal.valueOf(log().size()), MathContext.DECIMAL128) : sum();
  }
}
