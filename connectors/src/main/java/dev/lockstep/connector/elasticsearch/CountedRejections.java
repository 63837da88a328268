package dev.lockstep.connector.elasticsearch;

import java.io.IOException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what is rejected, and lets one thread at a time through to the place that keeps it. */
final class CountedRejections implements RejectedDocuments {

  private final RejectedDocuments place;
  private final Counter counter;

  CountedRejections(RejectedDocuments place, MetricGroup metrics) {
    this.place = place;
    this.counter = metrics.counter("documentsRejected");
  }

  @Override
  public synchronized void reject(RejectedDocument document) throws IOException {
    place.reject(document);
    counter.inc();
  }

  @Override
  public synchronized void close() throws Exception {
    place.close();
  }
}
