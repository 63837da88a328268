package dev.lockstep.connector.elasticsearch;

import dev.lockstep.connector.wire.IndexRecord;
import org.apache.flink.api.connector.sink2.Sink;

/** The sink of alerts. */
public final class AlertIndexSink {

  private AlertIndexSink() {}

  /** Returns a sink for alert JSON as the alert topics carry it, with its lane. */
  public static Sink<IndexRecord> create(
      ElasticsearchSettings settings, RejectedDocuments.Factory<IndexRecord> rejectedDocuments) {
    return new DocumentSink<>(settings, new AlertForm(), rejectedDocuments);
  }
}
