package dev.lockstep.correlation;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A percentile of numbers: DDSketch (Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable
 * quantile sketch with relative-error guarantees", 2019). It says the number of the rank below,
 * wrong by at most a hundredth of itself; numbers nearer to zero than {@link #LEAST} are zero, and
 * those beyond {@link #MOST} are that.
 *
 * <p>Numbers fall into buckets by arithmetic that is the same on all processors.
 */
final class PercentileSketch implements Sketch {
  static final double LEAST = 1e-6;
  static final double MOST = 1e18;

  private static final double ERROR = 0.01;
  private static final double HUNDRED = 100;
  private static final MathContext SHOWN_DIGITS = new MathContext(6);

  private final double quantile;
  private final DDSketch buckets =
      new DDSketch(new CubicallyInterpolatedMapping(ERROR), SparseStore::new);

  private PercentileSketch(double quantile) {
    this.quantile = quantile;
  }

  /**
   * Sketches of which one percentile is asked.
   *
   * @param percentile 0 to 100
   */
  record Form(BigDecimal percentile) implements Sketch.Form {
    @Override
    public Sketch create() {
      return new PercentileSketch(percentile.doubleValue() / HUNDRED);
    }

    @Override
    public boolean takes(Occurrence occurrence) {
      return Numbers.of(occurrence).isPresent();
    }

    @Override
    public String description() {
      return "DDSketch, value within 1 %";
    }

    @Override
    public boolean showsValue() {
      return true;
    }
  }

  @Override
  public void add(Occurrence occurrence) {
    double number = Numbers.of(occurrence).orElseThrow().doubleValue();
    double size = Math.abs(number);
    buckets.accept(size < LEAST ? 0 : Math.copySign(Math.min(size, MOST), number));
  }

  @Override
  public void addAll(byte[] written) {
    try {
      buckets.decodeAndMergeWith(ByteArrayInput.wrap(written));
    } catch (IOException e) {
      throw new UncheckedIOException("State of a correlation cannot be read", e);
    }
  }

  @Override
  public BigDecimal value() {
    return new BigDecimal(buckets.getValueAtQuantile(quantile), SHOWN_DIGITS);
  }

  @Override
  public long count() {
    return Math.round(buckets.getCount());
  }

  @Override
  public boolean isEmpty() {
    return buckets.isEmpty();
  }

  @Override
  public byte[] write() {
    GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      buckets.encode(out, /* omitIndexMapping= */ true);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return out.trimmedCopy();
  }
}
