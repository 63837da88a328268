package dev.lockstep.job.parity;

import dev.lockstep.connector.wire.ComparedAlert;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Event time of a partition: as far as the engine has come that is behind the others in it. Without
 * that, an engine that restarts would find all windows closed. An engine that is not heard of for a
 * while is not waited for.
 */
final class EngineProgress implements WatermarkGenerator<ComparedAlert> {

  private final Map<String, Heard> engines = new HashMap<>();
  private final RelativeClock clock;
  private final Duration idleness;

  EngineProgress(RelativeClock clock, Duration idleness) {
    this.clock = clock;
    this.idleness = idleness;
  }

  @Override
  public void onEvent(ComparedAlert alert, long time, WatermarkOutput output) {
    if (!alert.rescued) {
      engines
          .computeIfAbsent(alert.engine, engine -> new Heard())
          .of(time, clock.relativeTimeNanos());
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    long now = clock.relativeTimeNanos();
    engines.values().removeIf(heard -> now - heard.atNanos > idleness.toNanos());
    OptionalLong slowest = engines.values().stream().mapToLong(heard -> heard.upTo).min();
    if (slowest.isPresent()) {
      output.emitWatermark(new Watermark(slowest.getAsLong() - 1));
    } else {
      output.markIdle();
    }
  }

  /** How far an engine has come, and when it was heard of last. */
  private static final class Heard {
    private long upTo = Long.MIN_VALUE + 1;
    private long atNanos;

    private void of(long time, long nanos) {
      upTo = Math.max(upTo, time);
      atNanos = nanos;
    }
  }
}
