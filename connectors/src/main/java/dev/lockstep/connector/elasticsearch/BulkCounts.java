package dev.lockstep.connector.elasticsearch;

import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.bulk.BulkResponse;

/** What becomes of bulk requests, told by several threads. */
final class BulkCounts {

  private final Counter indexed = new ThreadSafeSimpleCounter();
  private final Counter retried = new ThreadSafeSimpleCounter();
  private final Counter onTheWayMillis = new ThreadSafeSimpleCounter();

  BulkCounts(MetricGroup metrics) {
    metrics.counter("documentsIndexed", indexed);
    metrics.counter("documentsRetried", retried);
    metrics.counter("bulkMillis", onTheWayMillis);
  }

  /** A document is there. */
  void taken() {
    indexed.inc();
  }

  /** A document is to be sent again. */
  void retried() {
    retried.inc();
  }

  /**
   * Measures how long a request is on its way: what comes together in a second, in seconds, is how
   * many are on their way at once.
   */
  ActionListener<BulkResponse> onItsWay(ActionListener<BulkResponse> next) {
    long sentNanos = System.nanoTime();
    return ActionListener.runBefore(
        next, () -> onTheWayMillis.inc(Duration.ofNanos(System.nanoTime() - sentNanos).toMillis()));
  }
}
