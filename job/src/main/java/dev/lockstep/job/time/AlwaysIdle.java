package dev.lockstep.job.time;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * A source without event time. One that merely gives no watermark would hold back whatever it is
 * joined with for ever.
 */
final class AlwaysIdle<T> implements WatermarkGenerator<T> {

  @Override
  public void onEvent(T record, long timestamp, WatermarkOutput output) {
    output.markIdle();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
