package dev.lockstep.connector.launchdarkly;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** What operators see of the flag data. Safe for use by several threads. */
final class FlagSetMetrics {

  private final Counter received;
  private final Counter refused;

  private FlagSourceState state = FlagSourceState.STARTING;
  private Instant currentAt = Instant.now();

  FlagSetMetrics(MetricGroup group) {
    this.received = group.counter("flagSetsReceived", new ThreadSafeSimpleCounter());
    this.refused = group.counter("flagSetsRefused", new ThreadSafeSimpleCounter());
    group.gauge("flagAgeSeconds", this::ageSeconds);
    group.gauge("flagSourceState", () -> state().code());
  }

  /** A good set has come, changed or not. */
  void received() {
    received.inc();
  }

  /** A set has come that must not be used. */
  void refused() {
    refused.inc();
  }

  synchronized void enter(FlagSourceState next) {
    if (state == FlagSourceState.VALID) {
      currentAt = Instant.now();
    }
    state = next;
  }

  synchronized FlagSourceState state() {
    return state;
  }

  private synchronized long ageSeconds() {
    return state == FlagSourceState.VALID
        ? 0
        : Duration.between(currentAt, Instant.now()).toSeconds();
  }
}
