package dev.lockstep.local;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the demo does.
 *
 * @param duration for how long events are sent
 * @param events how many events are sent at the most
 * @param ratePerSecond how many events are sent a second
 * @param elasticsearch whether Elasticsearch and the index job take part
 * @param keepRunning whether everything stays up after the last event, until Ctrl-C
 * @param killTaskManagerAfter when a Flink task manager is killed; null for never
 * @param uiPort port of the Flink web UI; 0 for any free one
 * @param directory where data, rules and flags are; null for a temporary one
 */
public record DemoSettings(
    Duration duration,
    long events,
    int ratePerSecond,
    boolean elasticsearch,
    boolean keepRunning,
    @Nullable Duration killTaskManagerAfter,
    int uiPort,
    @Nullable Path directory) {

  public DemoSettings {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration must be positive, was " + duration);
    }
    if (events < 1) {
      throw new IllegalArgumentException("events must be at least 1, was " + events);
    }
    if (ratePerSecond < 1) {
      throw new IllegalArgumentException("rate must be at least 1, was " + ratePerSecond);
    }
  }
}
