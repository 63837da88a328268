package org.apache.flink.connector.elasticsearch.sink;

import java.util.function.BiConsumer;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.bulk.BackoffPolicy;
import org.elasticsearch.action.bulk.BulkProcessor;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.common.unit.ByteSizeUnit;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.common.unit.TimeValue;

/**
 * Lets the caller send the bulk requests, and thereby choose the client, its headers and what
 * becomes of refused documents. It lives in the connector's package because the type that the
 * extension point returns is visible only there; the {@code BulkResponseInspector} of connector 3.1
 * replaces it.
 *
 * <p>The sink that it builds cannot be serialised: build it where it writes.
 */
public final class CustomBulkSinkBuilder<IN>
    extends ElasticsearchSinkBuilderBase<IN, CustomBulkSinkBuilder<IN>> {

  private final int inFlight;
  private final BiConsumer<BulkRequest, ActionListener<BulkResponse>> sender;

  /**
   * @param inFlight how many requests may be on their way while the next one fills; then the writer
   *     waits
   */
  public CustomBulkSinkBuilder(
      int inFlight, BiConsumer<BulkRequest, ActionListener<BulkResponse>> sender) {
    this.inFlight = inFlight;
    this.sender = sender;
  }

  @Override
  protected BulkProcessorBuilderFactory getBulkProcessorBuilderFactory() {
    return (client, config, listener) -> {
      BulkProcessor.Builder builder = BulkProcessor.builder(sender, listener);
      builder.setConcurrentRequests(inFlight);
      builder.setBulkActions(config.getBulkFlushMaxActions());
      builder.setBulkSize(new ByteSizeValue(config.getBulkFlushMaxMb(), ByteSizeUnit.MB));
      if (config.getBulkFlushInterval() != -1) {
        builder.setFlushInterval(new TimeValue(config.getBulkFlushInterval()));
      }
      builder.setBackoffPolicy(backoff(config));
      return builder;
    };
  }

  private static BackoffPolicy backoff(BulkProcessorConfig config) {
    TimeValue delay = new TimeValue(config.getBulkFlushBackOffDelay());
    int retries = config.getBulkFlushBackoffRetries();
    return switch (config.getFlushBackoffType()) {
      case CONSTANT -> BackoffPolicy.constantBackoff(delay, retries);
      case EXPONENTIAL -> BackoffPolicy.exponentialBackoff(delay, retries);
      case NONE -> BackoffPolicy.noBackoff();
    };
  }
}
