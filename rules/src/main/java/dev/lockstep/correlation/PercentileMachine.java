package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code value_percentile} and {@code value_median}: linear interpolation between the closest ranks
 * (Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996, definition 7).
 *
 * <p>To compare a percentile with a bound it is enough to know how many values are below the bound
 * and how many equal it, unless the two ranks lie on both sides of it; only then, and for an alert,
 * the values themselves are read.
 */
final class PercentileMachine extends ValueMachine {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final BigDecimal percentile;
  private final Bounds bounds;
  private final long[] below;
  private final long[] equal;

  PercentileMachine(
      long timespan,
      BigDecimal percentile,
      Bounds bounds,
      int most,
      Slots slots,
      @Nullable PieceReader state) {
    super(timespan, most, slots, state);
    this.percentile = percentile;
    this.bounds = bounds;
    this.below = new long[bounds.bounds().size()];
    this.equal = new long[below.length];
    for (int i = 0; state != null && i < below.length; i++) {
      below[i] = state.readLong();
      equal[i] = state.readLong();
    }
  }

  @Override
  void entered(Occurrence occurrence) {
    super.entered(occurrence);
    count(occurrence, 1);
  }

  @Override
  void left(Occurrence occurrence) {
    super.left(occurrence);
    count(occurrence, -1);
  }

  private void count(Occurrence occurrence, int by) {
    BigDecimal number = Numbers.of(occurrence).orElseThrow();
    for (int i = 0; i < below.length; i++) {
      int order = number.compareTo(bounds.bounds().get(i).number());
      below[i] += order < 0 ? by : 0;
      equal[i] += order == 0 ? by : 0;
    }
  }

  @Override
  boolean isTrue() {
    BigDecimal rank = rank();
    long low = rank.setScale(0, RoundingMode.FLOOR).longValueExact();
    boolean between = rank.compareTo(BigDecimal.valueOf(low)) > 0;
    for (int i = 0; i < below.length; i++) {
      int lower = sideOf(low, i);
      int upper = between ? sideOf(low + 1, i) : lower;
      if (lower < 0 && upper > 0) {
        return bounds.holds(value());
      }
      // Between a rank at the bound and one beyond it lies what is beyond it.
      if (!bounds.bounds().get(i).holdsFor(lower == 0 ? upper : lower)) {
        return false;
      }
    }
    return true;
  }

  /** Where the value of a rank is, against a bound: negative below, 0 at it, positive above. */
  private int sideOf(long rank, int bound) {
    return rank < below[bound] ? -1 : rank < below[bound] + equal[bound] ? 0 : 1;
  }

  private BigDecimal rank() {
    return percentile
        .multiply(BigDecimal.valueOf(log().size() - 1L))
        .divide(HUNDRED, MathContext.DECIMAL128);
  }

  @Override
  BigDecimal value() {
    List<BigDecimal> values = new ArrayList<>();
    log().forEach(occurrence -> Numbers.of(occurrence).ifPresent(values::add));
    Collections.sort(values);
    BigDecimal rank = rank();
    int low = rank.setScale(0, RoundingMode.FLOOR).intValueExact();
    BigDecimal part = rank.subtract(BigDecimal.valueOf(low));
    BigDecimal lower = values.get(low);
    return part.signum() == 0
        ? lower
        : lower.add(values.get(low + 1).subtract(lower).multiply(part));
  }

  @Override
  void save(PieceWriter out) {
    super.save(out);
    for (int i = 0; i < below.length; i++) {
      out.writeLong(below[i]);
      out.writeLong(equal[i]);
    }
  }

  @Override
  void clear() {
    super.clear();
    Arrays.fill(below, 0);
    Arrays.fill(equal, 0);
  }
}
