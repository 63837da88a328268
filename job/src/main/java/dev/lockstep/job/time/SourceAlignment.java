package dev.lockstep.job.time;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Stops the sources of events while there is nothing to judge them by. Events wait in keyed state
 * until rules and flags are known; with those away for hours, state would grow for hours. Flink's
 * watermark alignment (FLIP-182, FLIP-217) pauses a source that is too far ahead of another in its
 * group: events are, of control, until its first update.
 */
public final class SourceAlignment {

  private static final String GROUP = "events-and-control";

  /** So much that events are never too far ahead of other events. */
  private static final Duration MAX_DRIFT = Duration.ofDays(1_000_000);

  /** How long sources go on reading, more or less, before they learn that they must not. */
  private static final Duration UPDATE_INTERVAL = Duration.ofMillis(500);

  private SourceAlignment() {}

  /** For a source of events: it waits for those of control. */
  public static <T> WatermarkStrategy<T> ofEvents(WatermarkStrategy<T> strategy) {
    return strategy.withWatermarkAlignment(GROUP, MAX_DRIFT, UPDATE_INTERVAL);
  }

  /** For a source whose records have no time: it neither holds back event time nor moves it. */
  public static <T> WatermarkStrategy<T> withoutTime() {
    return WatermarkStrategy.forGenerator(context -> new AlwaysIdle<>());
  }

  /** For a source of control without which no event can be judged. */
  public static <T> WatermarkStrategy<T> ofControl() {
    return SourceAlignment.<T>ofOptionalControl()
        .withWatermarkAlignment(GROUP, MAX_DRIFT, UPDATE_INTERVAL);
  }

  /** For a source of control that events do not wait for. */
  public static <T> WatermarkStrategy<T> ofOptionalControl() {
    return WatermarkStrategy.forGenerator(new ControlWatermarks<>());
  }
}
