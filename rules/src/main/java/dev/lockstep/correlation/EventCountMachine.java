package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** {@code event_count}. */
final class EventCountMachine extends WindowMachine {
  private final Bounds count;

  EventCountMachine(
      long timespan, Bounds count, int most, Slots slots, @Nullable PieceReader state) {
    super(timespan, (int) count.saturation(), most, slots, state);
    this.count = count;
  }

  @Override
  boolean isTrue() {
    return count.holds(log().size());
  }

  @Override
  @Nullable BigDecimal value() {
    return null;
  }
}
