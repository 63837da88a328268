package dev.lockstep.connector.elasticsearch;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.elasticsearch.sink.CustomBulkSinkBuilder;
import org.apache.flink.connector.elasticsearch.sink.FlushBackoffType;
import org.apache.flink.util.IOUtils;
import org.elasticsearch.client.RequestOptions;
import org.elasticsearch.client.RestHighLevelClient;
import org.jspecify.annotations.Nullable;

/**
 * The connector's writer with what it lacks: a client with our authorization, a media type that
 * Elasticsearch 8 answers in the old form to, and a place for what is refused.
 *
 * @param <T> what documents are made of
 */
final class DocumentWriter<T> implements SinkWriter<T> {

  private static final String MEDIA_TYPE = "application/vnd.elasticsearch+json;compatible-with=7";

  private static final RequestOptions COMPATIBLE = compatible();

  private final DocumentForm<T> form;
  private final CountedRejections<T> rejected;
  private final AutoCloseable client;
  private final SinkWriter<DocumentRequest<T>> writer;

  DocumentWriter(
      DocumentForm<T> form,
      CountedRejections<T> rejected,
      AutoCloseable client,
      SinkWriter<DocumentRequest<T>> writer) {
    this.form = form;
    this.rejected = rejected;
    this.client = client;
    this.writer = writer;
  }

  /** Everything is built on the task, so that no secret is ever part of the job graph. */
  @SuppressWarnings("deprecation") // The connector has no other context.
  static <T> DocumentWriter<T> open(
      ElasticsearchSettings settings,
      DocumentForm<T> form,
      RejectedDocuments.Factory<T> factory,
      Sink.InitContext context)
      throws IOException {
    RestHighLevelClient client = new RestHighLevelClient(ElasticsearchConnection.builder(settings));
    RejectedDocuments<T> place = null;
    try {
      place = factory.open();
      CountedRejections<T> rejected = new CountedRejections<>(place, context.metricGroup());
      BulkCounts counts = new BulkCounts(context.metricGroup());
      return new DocumentWriter<>(
          form,
          rejected,
          client,
          builder(settings, client, rejected, counts).build().createWriter(context));
    } catch (Throwable e) {
      // A job that restarts opens again and again: what is left open would add up.
      IOUtils.closeAllQuietly(client, place);
      throw e;
    }
  }

  private static <T> CustomBulkSinkBuilder<DocumentRequest<T>> builder(
      ElasticsearchSettings settings,
      RestHighLevelClient client,
      RejectedDocuments<T> rejected,
      BulkCounts counts) {
    CustomBulkSinkBuilder<DocumentRequest<T>> builder =
        new CustomBulkSinkBuilder<>(
            settings.bulk().inFlight(),
            (request, listener) ->
                client.bulkAsync(
                    request,
                    COMPATIBLE,
                    counts.onItsWay(
                        new InspectingListener<>(request, listener, rejected, counts))));
    builder
        .setHosts(ElasticsearchConnection.hosts(settings))
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setBulkFlushMaxActions(settings.bulk().maxActions())
        .setBulkFlushMaxSizeMb(settings.bulk().maxMegabytes())
        .setBulkFlushInterval(settings.bulk().maxAge().toMillis())
        .setBulkFlushBackoffStrategy(
            FlushBackoffType.EXPONENTIAL,
            settings.backoff().retries(),
            settings.backoff().firstDelay().toMillis())
        .setEmitter((request, written, indexer) -> indexer.add(request));
    return builder;
  }

  @Override
  public void write(T input, Context context) throws IOException, InterruptedException {
    DocumentRequest<T> request = requestOrReject(input);
    if (request != null) {
      writer.write(request, context);
    }
  }

  private @Nullable DocumentRequest<T> requestOrReject(T input) throws IOException {
    try {
      return form.request(input);
    } catch (NoDocumentException e) {
      rejected.reject(RejectedDocument.unsent(e.customer(), input, String.valueOf(e.getMessage())));
      return null;
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writer.flush(endOfInput);
  }

  /** In this order: the writer sends what it still holds, and that may be refused. */
  @Override
  public void close() throws Exception {
    IOUtils.closeAll(writer, client, rejected);
  }

  private static RequestOptions compatible() {
    return RequestOptions.DEFAULT.toBuilder()
        .addHeader("Accept", MEDIA_TYPE)
        .addHeader("Content-Type", MEDIA_TYPE)
        .build();
  }
}
