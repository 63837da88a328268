package dev.lockstep.connector.content;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.LatestValueSource;
import dev.lockstep.connector.latest.RetryDelays;
import java.time.Duration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * Emits the bundle that a web server has as one encoded {@code Delivery}: at the start and when it
 * changes. It asks again and again; a server that knows entity tags or times of change answers in a
 * few bytes that there is nothing new. What is no bundle, or cannot be fetched, leaves the last one
 * in force.
 *
 * <p>Metrics of the reader: {@code bundlesRead}, {@code rulesFailures} (how often it became
 * unreadable) and {@code rulesReadable} (1 or 0).
 */
public final class RuleServerSource extends LatestValueSource<byte[]> {

  private static final long serialVersionUID = 1L;

  private static final RetryDelays RETRY_DELAYS =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final RuleServerSettings settings;
  private final RetryDelays retryDelays;

  /** Asks the server that the settings name. */
  public RuleServerSource(RuleServerSettings settings) {
    this(settings, RETRY_DELAYS);
  }

  RuleServerSource(RuleServerSettings settings, RetryDelays retryDelays) {
    this.settings = requireNonNull(settings, "settings is null");
    this.retryDelays = requireNonNull(retryDelays, "retryDelays is null");
  }

  @Override
  protected LatestValueProducer<byte[]> createProducer(SourceReaderMetricGroup metrics) {
    return new RuleServerProducer(settings, retryDelays, metrics);
  }

  @Override
  protected byte[] encode(byte[] delivery) {
    return delivery;
  }

  @Override
  protected byte[] decode(byte[] encoded) {
    return encoded;
  }
}
