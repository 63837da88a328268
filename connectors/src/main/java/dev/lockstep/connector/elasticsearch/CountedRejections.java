package dev.lockstep.connector.elasticsearch;

import java.io.IOException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what is rejected and what is taken after all, and lets one thread at a time through to the
 * place that keeps it.
 */
final class CountedRejections<T> implements RejectedDocuments<T> {

  private final RejectedDocuments<T> place;
  private final Counter counter;
  private final Counter resolved;

  CountedRejections(RejectedDocuments<T> place, MetricGroup metrics) {
    this.place = place;
    this.counter = metrics.counter("documentsRejected");
    this.resolved = metrics.counter("documentsResolved");
  }

  @Override
  public synchronized void reject(RejectedDocument<T> document) throws IOException {
    place.reject(document);
    counter.inc();
  }

  @Override
  public synchronized void resolve(T input, String customer) throws IOException {
    place.resolve(input, customer);
    resolved.inc();
  }

  @Override
  public synchronized void close() throws Exception {
    place.close();
  }
}
