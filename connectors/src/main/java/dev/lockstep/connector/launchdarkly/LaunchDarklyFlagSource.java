package dev.lockstep.connector.launchdarkly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.LatestValueSource;
import dev.lockstep.connector.latest.RetryDelays;
import java.time.Duration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * Emits the whole flag set as one record {@code {"flags":{…},"segments":{…}}} with sorted keys,
 * whenever its content changes: the declared flags, the flags they depend on and the segments that
 * those name. A version alone is no change. What is not a good set, or lacks a declared flag,
 * leaves the last one in force.
 *
 * <p>Must be given a watermark strategy that never holds back event time, since it may be silent
 * for days: one that is idle; {@code noWatermarks()} stops every timer behind it.
 *
 * <p>Metrics of the reader: {@code flagSetsReceived}, {@code flagSetsRefused}, {@code
 * flagAgeSeconds} (since the data was last known to be current, at first since the start) and
 * {@code flagSourceState} (0 starting, 1 valid, 2 interrupted, 3 off until it is tried again).
 */
public final class LaunchDarklyFlagSource extends LatestValueSource<String> {

  private static final long serialVersionUID = 1L;

  /** Slow, as the reason is a key that someone must replace. */
  private static final RetryDelays RETRY_DELAYS =
      new RetryDelays(Duration.ofSeconds(10), Duration.ofMinutes(5));

  private final LaunchDarklySettings settings;
  private final RetryDelays retryDelays;

  /** Reaches nothing before it runs on a task. */
  public LaunchDarklyFlagSource(LaunchDarklySettings settings) {
    this(settings, RETRY_DELAYS);
  }

  LaunchDarklyFlagSource(LaunchDarklySettings settings, RetryDelays retryDelays) {
    this.settings = requireNonNull(settings, "settings is null");
    this.retryDelays = requireNonNull(retryDelays, "retryDelays is null");
  }

  @Override
  protected LatestValueProducer<String> createProducer(SourceReaderMetricGroup metrics) {
    FlagSetMetrics flagMetrics = new FlagSetMetrics(metrics);
    return settings.mode() == FlagDataMode.FILE
        ? new FlagFileProducer(settings, flagMetrics)
        : new FlagServiceProducer(settings, retryDelays, flagMetrics);
  }

  @Override
  protected byte[] encode(String flagSet) {
    return flagSet.getBytes(UTF_8);
  }

  @Override
  protected String decode(byte[] encoded) {
    return new String(encoded, UTF_8);
  }
}
