package dev.lockstep.correlation;

import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judges the numbers of a field in a sliding window; what is no number takes no part. */
abstract class ValueMachine extends WindowMachine {
  private BigDecimal sum;

  ValueMachine(long timespan, int most, Slots slots, @Nullable PieceReader state) {
    super(timespan, Integer.MAX_VALUE, most, slots, state);
    this.sum = state == null ? BigDecimal.ZERO : Bytes.readNumber(state);
  }

  final BigDecimal sum() {
    return sum;
  }

  @Override
  final void accept(Occurrence occurrence, Consumer<Finding> findings) {
    if (Numbers.of(occurrence).isPresent()) {
      super.accept(occurrence, findings);
    }
  }

  @Override
  void entered(Occurrence occurrence) {
    sum = sum.add(Numbers.of(occurrence).orElseThrow());
  }

  @Override
  void left(Occurrence occurrence) {
    sum = sum.subtract(Numbers.of(occurrence).orElseThrow());
  }

  @Override
  void save(PieceWriter out) {
    super.save(out);
    Bytes.writeNumber(sum, out);
  }

  @Override
  void clear() {
    super.clear();
    sum = BigDecimal.ZERO;
  }
}
