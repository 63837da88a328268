package dev.lockstep.job.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.ComparedAlert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class EngineProgressTest {

  private static final Duration IDLENESS = Duration.ofMinutes(1);

  private final ManualClock clock = new ManualClock();
  private final EngineProgress progress = new EngineProgress(clock, IDLENESS);
  private final Output output = new Output();

  @Test
  void goesAsFarAsTheEngineThatIsBehind() {
    hear("blue", 100);
    hear("green", 40);
    hear("green", 30);
    assertThat(emitted()).isEqualTo("39");
    hear("green", 90);
    assertThat(emitted()).isEqualTo("89");
  }

  @Test
  void doesNotWaitForAnEngineThatIsNotHeardOf() {
    hear("green", 40);
    clock.advanceTime(IDLENESS);
    hear("blue", 100);
    assertThat(emitted()).isEqualTo("39");
    clock.advanceTime(Duration.ofMillis(1));
    assertThat(emitted()).isEqualTo("99");
  }

  @Test
  void isIdleWhenNoneIsHeardOf() {
    assertThat(emitted()).isEqualTo("idle");
    hear("blue", 100);
    assertThat(emitted()).isEqualTo("99");
    clock.advanceTime(IDLENESS.plusMillis(1));
    assertThat(emitted()).isEqualTo("idle");
  }

  @Test
  void whatParitySentIsNoEnginesProgress() {
    hear("blue", 100);
    ComparedAlert rescued = alert("green");
    rescued.rescued = true;
    progress.onEvent(rescued, 10, output);
    assertThat(emitted()).isEqualTo("99");
  }

  private void hear(String engine, long time) {
    progress.onEvent(alert(engine), time, output);
  }

  private static ComparedAlert alert(String engine) {
    ComparedAlert alert = new ComparedAlert();
    alert.engine = engine;
    return alert;
  }

  private String emitted() {
    progress.onPeriodicEmit(output);
    return output.all.get(output.all.size() - 1);
  }

  private static final class Output implements WatermarkOutput {
    private final List<String> all = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      all.add(Long.toString(watermark.getTimestamp()));
    }

    @Override
    public void markIdle() {
      all.add("idle");
    }

    @Override
    public void markActive() {
      all.add("active");
    }
  }
}
