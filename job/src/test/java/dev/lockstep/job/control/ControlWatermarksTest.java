package dev.lockstep.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class ControlWatermarksTest {

  private final Emitted emitted = new Emitted();
  private final ControlWatermarks<String> watermarks = new ControlWatermarks<>();

  @Test
  void doesNotHoldBackTimeBeforeTheFirstUpdate() {
    watermarks.onPeriodicEmit(emitted);
    assertThat(emitted.watermarks).containsExactly(Watermark.MAX_WATERMARK);
  }

  @Test
  void doesNotHoldBackTimeWithAnUpdate() {
    watermarks.onEvent("update", /* timestamp= */ 7, emitted);
    assertThat(emitted.watermarks).containsExactly(Watermark.MAX_WATERMARK);
  }

  private static final class Emitted implements WatermarkOutput {
    private final List<Watermark> watermarks = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark);
    }

    @Override
    public void markIdle() {
      throw new AssertionError("control is never idle");
    }

    @Override
    public void markActive() {
      throw new AssertionError("control is always active");
    }
  }
}
