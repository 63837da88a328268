package dev.lockstep.connector.elasticsearch;

import java.io.IOException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkItemResponse.Failure;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.index.IndexResponse;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.rest.RestStatus;

/**
 * Sorts the answer to one bulk request before anyone else sees it: rejected documents are kept
 * elsewhere and passed on as done; faults that pass are passed on with status 429, which is the
 * only one that the client's own back-off retries, and only when nothing else has failed.
 */
final class InspectingListener<T> implements ActionListener<BulkResponse> {

  /** Elasticsearch has one type per index; the client's classes still ask for it. */
  private static final String TYPE = "_doc";

  private final BulkRequest request;
  private final ActionListener<BulkResponse> next;
  private final RejectedDocuments<T> rejected;
  private final BulkCounts counts;

  InspectingListener(
      BulkRequest request,
      ActionListener<BulkResponse> next,
      RejectedDocuments<T> rejected,
      BulkCounts counts) {
    this.request = request;
    this.next = next;
    this.rejected = rejected;
    this.counts = counts;
  }

  @Override
  public void onResponse(BulkResponse response) {
    BulkItemResponse[] items = response.getItems().clone();
    try {
      for (int i = 0; i < items.length; i++) {
        if (items[i].isFailed()) {
          items[i] = inspect(i, items[i]);
        } else {
          counts.taken();
          resolve(document(i));
        }
      }
    } catch (IOException | RuntimeException e) {
      next.onFailure(new IOException("Cannot keep a document that Elasticsearch refused", e));
      return;
    }
    next.onResponse(
        new BulkResponse(items, response.getTook().millis(), response.getIngestTookInMillis()));
  }

  /** The request as a whole has failed: no connection, or a status for all of it. */
  @Override
  public void onFailure(Exception failure) {
    if (!passes(failure)) {
      next.onFailure(failure);
      return;
    }
    BulkItemResponse[] items = new BulkItemResponse[request.numberOfActions()];
    for (int i = 0; i < items.length; i++) {
      items[i] = failed(i, failure, RestStatus.TOO_MANY_REQUESTS);
    }
    next.onResponse(new BulkResponse(items, 0));
  }

  private static boolean passes(Exception failure) {
    if (failure instanceof ElasticsearchStatusException answer) {
      return BulkItemOutcome.of(answer.status().getStatus(), ErrorType.of(answer))
          == BulkItemOutcome.RETRY;
    }
    return failure instanceof IOException;
  }

  private BulkItemResponse inspect(int position, BulkItemResponse item) throws IOException {
    Failure failure = item.getFailure();
    return switch (outcome(failure)) {
      case DONE -> done(position);
      case RETRY -> failed(position, cause(failure), RestStatus.TOO_MANY_REQUESTS);
      case FAIL -> failed(position, cause(failure), failure.getStatus());
      case REJECT -> {
        reject(position, failure);
        yield done(position);
      }
    };
  }

  private void resolve(DocumentRequest<T> document) throws IOException {
    if (document.again()) {
      rejected.resolve(document.input(), document.customer());
    }
  }

  private static BulkItemOutcome outcome(Failure failure) {
    return BulkItemOutcome.of(failure.getStatus().getStatus(), ErrorType.of(failure.getCause()));
  }

  private void reject(int position, Failure failure) throws IOException {
    DocumentRequest<T> document = document(position);
    rejected.reject(
        new RejectedDocument<>(
            document.index(),
            document.id(),
            document.customer(),
            document.input(),
            failure.getStatus().getStatus(),
            failure.getMessage()));
  }

  /** The connector waits for ever for an item that has failed without a cause. */
  @SuppressWarnings("ConstantConditions")
  private static Exception cause(Failure failure) {
    Exception cause = failure.getCause();
    return cause == null
        ? new ElasticsearchStatusException("Elasticsearch gave no cause", failure.getStatus())
        : cause;
  }

  private BulkItemResponse failed(int position, Exception cause, RestStatus status) {
    if (status == RestStatus.TOO_MANY_REQUESTS) {
      counts.retried();
    }
    DocumentRequest<T> document = document(position);
    return new BulkItemResponse(
        position,
        document.opType(),
        new Failure(document.index(), TYPE, document.id(), cause, status));
  }

  private BulkItemResponse done(int position) {
    DocumentRequest<T> document = document(position);
    ShardId shard = new ShardId(document.index(), "_na_", 0);
    return new BulkItemResponse(
        position, document.opType(), new IndexResponse(shard, TYPE, document.id(), 0, 1, 1, false));
  }

  @SuppressWarnings("unchecked") // Requests are made by our form alone.
  private DocumentRequest<T> document(int position) {
    return (DocumentRequest<T>) request.requests().get(position);
  }
}
