package dev.lockstep.job.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ControlWatermarksTest {

  private final Emitted emitted = new Emitted();
  private final ControlWatermarks<String> control = new ControlWatermarks<>();
  private final WatermarkGenerator<String> watermarks =
      control.createWatermarkGenerator(UnregisteredMetricsGroup::new);

  @Test
  void staysBehindEveryEventBeforeTheFirstUpdate() {
    watermarks.onPeriodicEmit(emitted);
    assertThat(emitted.signals).containsExactly("-4611686018427387904");
  }

  @Test
  void isIdleFromTheFirstUpdateOnAndNeverAtTheEndOfTime() {
    watermarks.onEvent("update", /* timestamp= */ 7, emitted);
    watermarks.onPeriodicEmit(emitted);
    watermarks.onEvent("update", /* timestamp= */ 8, emitted);
    assertThat(emitted.signals).containsExactly("idle", "idle", "idle");
  }

  @Test
  void knowsWhatAnotherSplitOfTheSourceHasSeen() {
    control
        .createWatermarkGenerator(UnregisteredMetricsGroup::new)
        .onEvent("update", /* timestamp= */ 7, emitted);
    watermarks.onPeriodicEmit(emitted);
    assertThat(emitted.signals).containsExactly("idle", "idle");
  }

  private static final class Emitted implements WatermarkOutput {
    private final List<String> signals = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      signals.add(Long.toString(watermark.getTimestamp()));
    }

    @Override
    public void markIdle() {
      signals.add("idle");
    }

    @Override
    public void markActive() {
      throw new AssertionError("control is active only by its watermark");
    }
  }
}
