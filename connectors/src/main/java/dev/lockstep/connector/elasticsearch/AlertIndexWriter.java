package dev.lockstep.connector.elasticsearch;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.IndexRecord;
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
 */
final class AlertIndexWriter implements SinkWriter<IndexRecord> {

  private static final String MEDIA_TYPE = "application/vnd.elasticsearch+json;compatible-with=7";

  private static final RequestOptions COMPATIBLE = compatible();

  private final CountedRejections rejected;
  private final AutoCloseable client;
  private final SinkWriter<AlertIndexRequest> writer;

  AlertIndexWriter(
      CountedRejections rejected, AutoCloseable client, SinkWriter<AlertIndexRequest> writer) {
    this.rejected = rejected;
    this.client = client;
    this.writer = writer;
  }

  /** Everything is built on the task, so that no secret is ever part of the job graph. */
  @SuppressWarnings("deprecation") // The connector has no other context.
  static AlertIndexWriter open(
      ElasticsearchSettings settings, RejectedDocuments.Factory factory, Sink.InitContext context)
      throws IOException {
    RestHighLevelClient client = new RestHighLevelClient(ElasticsearchConnection.builder(settings));
    RejectedDocuments place = null;
    try {
      place = factory.open();
      CountedRejections rejected = new CountedRejections(place, context.metricGroup());
      return new AlertIndexWriter(
          rejected, client, builder(settings, client, rejected).build().createWriter(context));
    } catch (Throwable e) {
      // A job that restarts opens again and again: what is left open would add up.
      IOUtils.closeAllQuietly(client, place);
      throw e;
    }
  }

  private static CustomBulkSinkBuilder<AlertIndexRequest> builder(
      ElasticsearchSettings settings, RestHighLevelClient client, RejectedDocuments rejected) {
    CustomBulkSinkBuilder<AlertIndexRequest> builder =
        new CustomBulkSinkBuilder<>(
            (request, listener) ->
                client.bulkAsync(
                    request, COMPATIBLE, new InspectingListener(request, listener, rejected)));
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
  public void write(IndexRecord alert, Context context) throws IOException, InterruptedException {
    AlertIndexRequest request = requestOrReject(alert);
    if (request != null) {
      writer.write(request, context);
    }
  }

  private @Nullable AlertIndexRequest requestOrReject(IndexRecord input) throws IOException {
    String customer = null;
    try {
      Alert alert = AlertJson.read(input.json);
      customer = alert.customer();
      return new AlertIndexRequest(AlertDocument.of(alert), customer, input);
    } catch (RuntimeException e) {
      // Whatever it is: after a restart the same bytes would lead to it again, for ever.
      rejected.reject(RejectedDocument.unsent(customer, input, String.valueOf(e.getMessage())));
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
