package dev.lockstep.connector.elasticsearch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;

/**
 * Writes documents, at least once and by their ids, so that there is exactly one of each; what
 * makes none or is refused goes to {@link RejectedDocuments} before the checkpoint completes.
 *
 * @param <T> what documents are made of
 */
final class DocumentSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1;

  private final ElasticsearchSettings settings;
  private final DocumentForm<T> form;
  private final RejectedDocuments.Factory<T> rejectedDocuments;

  DocumentSink(
      ElasticsearchSettings settings,
      DocumentForm<T> form,
      RejectedDocuments.Factory<T> rejectedDocuments) {
    this.settings = requireNonNull(settings, "settings is null");
    this.form = requireNonNull(form, "form is null");
    this.rejectedDocuments = requireNonNull(rejectedDocuments, "rejectedDocuments is null");
  }

  @Override
  @SuppressWarnings("deprecation") // The connector has no other; Flink 1.20 calls it for both.
  public SinkWriter<T> createWriter(InitContext context) throws IOException {
    return DocumentWriter.open(settings, form, rejectedDocuments, context);
  }
}
