package dev.lockstep.connector.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.IndexRecord;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.elasticsearch.ElasticsearchException;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.DocWriteRequest.OpType;
import org.elasticsearch.action.bulk.BulkItemResponse;
import org.elasticsearch.action.bulk.BulkItemResponse.Failure;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.action.index.IndexResponse;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.rest.RestStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InspectingListenerTest {

  private final List<String> happened = new ArrayList<>();
  private final BulkRequest request = new BulkRequest();
  private final Next next = new Next();
  private final BulkCounts counts = new BulkCounts(new UnregisteredMetricsGroup());
  private String errorType = "mapper_parsing_exception";

  @Test
  void keepsARefusedDocumentFirstAndPassesItOnAsDone() {
    listener(this::keep).onResponse(answer(RestStatus.BAD_REQUEST, RestStatus.TOO_MANY_REQUESTS));

    assertThat(happened)
        .containsExactly("kept 400 acme alert-0", "passed on [done, TOO_MANY_REQUESTS]");
  }

  @Test
  void passesEveryFaultThatPassesOnAsTheOneThatIsRetried() {
    listener(this::keep)
        .onResponse(answer(RestStatus.SERVICE_UNAVAILABLE, RestStatus.INTERNAL_SERVER_ERROR));

    assertThat(happened).containsExactly("passed on [TOO_MANY_REQUESTS, TOO_MANY_REQUESTS]");
  }

  @Test
  void passesAWrongSetUpOnAsItIs() {
    listener(this::keep).onResponse(answer(RestStatus.FORBIDDEN, RestStatus.UNAUTHORIZED));

    assertThat(happened).containsExactly("passed on [FORBIDDEN, UNAUTHORIZED]");
  }

  @Test
  void passesABadRequestThatIsNotAboutTheDocumentOnAsItIs() {
    errorType = "validation_exception";
    listener(this::keep).onResponse(answer(RestStatus.BAD_REQUEST));

    assertThat(happened).containsExactly("passed on [BAD_REQUEST]");
  }

  @Test
  void failsTheRequestWhenARefusedDocumentCannotBeKept() {
    listener(
            document -> {
              throw new IOException("no room");
            })
        .onResponse(answer(RestStatus.BAD_REQUEST));

    assertThat(happened)
        .containsExactly("failed: Cannot keep a document that Elasticsearch refused");
  }

  @Test
  void passesALostConnectionOnAsDocumentsToRetry() {
    answer(RestStatus.OK, RestStatus.OK);
    listener(this::keep).onFailure(new ConnectException("refused"));

    assertThat(happened).containsExactly("passed on [TOO_MANY_REQUESTS, TOO_MANY_REQUESTS]");
  }

  @Test
  void failsARequestThatIsRefusedAsAWhole() {
    listener(this::keep)
        .onFailure(new ElasticsearchStatusException("who are you?", RestStatus.UNAUTHORIZED));

    assertThat(happened).containsExactly("failed: who are you?");
  }

  @Test
  void givesACauseToAnItemThatFailedWithoutOne() {
    request.add(DocumentRequest.of(new AlertDocument("index", "0", "{}"), "acme", alert(0)));
    listener(this::keep)
        .onResponse(new BulkResponse(new BulkItemResponse[] {failed(0, null, 429)}, 1));

    assertThat(next.lastCause).hasMessageContaining("no cause");
  }

  @Test
  void notesThatADocumentIsTakenThatWasRefusedBefore() {
    DeadLetterRecord letter = new DeadLetterRecord();
    letter.origin = "elasticsearch/index/1";
    request.add(DocumentRequest.of(new AlertDocument("index", "0", "{}"), "acme", alert(0)));
    request.add(
        DocumentRequest.of(
            new AlertDocument("index", "1", "{}"), "acme", IndexRecord.again(letter)));
    listener(this::keep)
        .onResponse(new BulkResponse(new BulkItemResponse[] {taken(0), taken(1)}, 1));

    assertThat(happened).containsExactly("acme elasticsearch/index/1", "passed on [done, done]");
  }

  private InspectingListener<IndexRecord> listener(Keeping keeping) {
    return new InspectingListener<>(request, next, new Rejections(keeping, happened), counts);
  }

  private void keep(RejectedDocument<IndexRecord> document) {
    happened.add(
        "kept "
            + document.status()
            + " "
            + document.customer()
            + " "
            + new String(document.input().json, UTF_8));
  }

  private BulkResponse answer(RestStatus... statuses) {
    BulkItemResponse[] items = new BulkItemResponse[statuses.length];
    for (int i = 0; i < items.length; i++) {
      String id = Integer.toString(i);
      request.add(DocumentRequest.of(new AlertDocument("index", id, "{}"), "acme", alert(i)));
      items[i] = failed(i, cause(), statuses[i].getStatus());
    }
    return new BulkResponse(items, 1);
  }

  private static IndexRecord alert(int number) {
    return IndexRecord.of(("alert-" + number).getBytes(UTF_8));
  }

  private static BulkItemResponse taken(int position) {
    ShardId shard = new ShardId("index", "_na_", 0);
    return new BulkItemResponse(
        position, OpType.INDEX, new IndexResponse(shard, "_doc", "" + position, 0, 1, 1, true));
  }

  /** As the client reads it from an answer. */
  private ElasticsearchException cause() {
    return new ElasticsearchException(
        "Elasticsearch exception [type=" + errorType + ", reason=because]");
  }

  @SuppressWarnings("NullAway") // The client's class is not annotated; a null cause is the case.
  private static BulkItemResponse failed(int position, @Nullable Exception cause, int status) {
    Failure failure =
        new Failure("index", "_doc", "" + position, cause, RestStatus.fromCode(status)) {
          @Override
          public String getMessage() {
            return "because";
          }
        };
    return new BulkItemResponse(position, OpType.INDEX, failure);
  }

  @FunctionalInterface
  private interface Keeping {
    void keep(RejectedDocument<IndexRecord> document) throws IOException;
  }

  private record Rejections(Keeping keeping, List<String> resolved)
      implements RejectedDocuments<IndexRecord> {
    @Override
    public void reject(RejectedDocument<IndexRecord> document) throws IOException {
      keeping.keep(document);
    }

    @Override
    public void resolve(IndexRecord input, String customer) {
      resolved.add(customer + " " + input.letterOrigin);
    }

    @Override
    public void close() {}
  }

  private final class Next implements ActionListener<BulkResponse> {

    private @Nullable Exception lastCause;

    @Override
    public void onResponse(BulkResponse response) {
      List<String> items = new ArrayList<>();
      for (BulkItemResponse item : response) {
        items.add(item.isFailed() ? item.getFailure().getStatus().name() : "done");
        lastCause = item.isFailed() ? item.getFailure().getCause() : null;
      }
      happened.add("passed on " + items);
    }

    @Override
    public void onFailure(Exception failure) {
      happened.add("failed: " + failure.getMessage());
    }
  }
}
