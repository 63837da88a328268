package dev.lockstep.connector.elasticsearch;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.IndexRecord;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Writes alerts, at least once and by their id, so that there is exactly one document for each;
 * what is no alert or is refused goes to {@link RejectedDocuments} before the checkpoint completes.
 */
public final class AlertIndexSink implements Sink<IndexRecord> {

  private static final long serialVersionUID = 1;

  private final ElasticsearchSettings settings;
  private final RejectedDocuments.Factory rejectedDocuments;

  private AlertIndexSink(
      ElasticsearchSettings settings, RejectedDocuments.Factory rejectedDocuments) {
    this.settings = requireNonNull(settings, "settings is null");
    this.rejectedDocuments = requireNonNull(rejectedDocuments, "rejectedDocuments is null");
  }

  /** Returns a sink for alert JSON as the alert topics carry it, with its lane. */
  public static Sink<IndexRecord> create(
      ElasticsearchSettings settings, RejectedDocuments.Factory rejectedDocuments) {
    return new AlertIndexSink(settings, rejectedDocuments);
  }

  @Override
  @SuppressWarnings("deprecation") // The connector has no other; Flink 1.20 calls it for both.
  public SinkWriter<IndexRecord> createWriter(InitContext context) throws IOException {
    return AlertIndexWriter.open(settings, rejectedDocuments, context);
  }
}
