package dev.lockstep.connector.latest;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what a source reads can be read: the gauge {@code rulesReadable} (1 or 0), the counter
 * {@code rulesFailures}, and one line in the log for each outage and its end.
 */
public final class SourceHealth {

  private static final Logger LOG = LoggerFactory.getLogger(SourceHealth.class);

  private final String what;
  private final Counter failures;
  private volatile boolean readable = true;

  /** Registers the metrics; {@code what} names the source in the log, as "topic rules". */
  public SourceHealth(String what, MetricGroup metrics) {
    this.what = what;
    this.failures = metrics.counter("rulesFailures", new ThreadSafeSimpleCounter());
    metrics.gauge("rulesReadable", () -> readable ? 1 : 0);
  }

  /** Is told whenever it was read. */
  public void good() {
    if (!readable) {
      readable = true;
      LOG.info("The rules in {} can be read again", what);
    }
  }

  /** Is told whenever it could not be read; the reason of the first time is logged. */
  public void bad(Exception cause) {
    if (readable) {
      readable = false;
      failures.inc();
      LOG.warn(
          "Cannot read the rules in {}; the last ones stay in force: {}",
          what,
          cause.getMessage(),
          cause);
    }
  }
}
