package dev.lockstep.job.time;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Control has no event time. Until its first update it stays behind every event; then it is idle,
 * for good: an idle input never holds back event time, and never moves it either, as one at the end
 * of time would do whenever all partitions are idle.
 *
 * <p>A source has one generator for itself and one for each split, and is idle when all of them
 * are: what one of them sees counts for all.
 */
final class ControlWatermarks<T> implements WatermarkGeneratorSupplier<T> {

  /** Before every event, and far from where adding to it would overflow. */
  static final Watermark BEFORE_ALL = new Watermark(Long.MIN_VALUE / 2);

  private static final long serialVersionUID = 1L;

  // Of the task that this object was sent to, and of its thread.
  private transient boolean known;

  @Override
  public WatermarkGenerator<T> createWatermarkGenerator(Context context) {
    return new Generator();
  }

  private final class Generator implements WatermarkGenerator<T> {

    @Override
    public void onEvent(T update, long timestamp, WatermarkOutput output) {
      known = true;
      output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (known) {
        output.markIdle();
      } else {
        output.emitWatermark(BEFORE_ALL);
      }
    }
  }
}
