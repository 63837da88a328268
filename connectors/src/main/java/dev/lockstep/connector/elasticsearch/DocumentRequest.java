package dev.lockstep.connector.elasticsearch;

import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.connector.wire.IndexRecord;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.common.xcontent.XContentType;

/**
 * One document on its way; it keeps what it was made of, should it be rejected.
 *
 * @param <T> what documents are made of
 */
final class DocumentRequest<T> extends IndexRequest {

  private final String customer;
  private final T input;
  private final boolean again;

  private DocumentRequest(String index, String customer, T input, boolean again) {
    super(index);
    this.customer = customer;
    this.input = input;
    this.again = again;
  }

  static DocumentRequest<IndexRecord> of(
      AlertDocument document, String customer, IndexRecord alert) {
    DocumentRequest<IndexRecord> request =
        new DocumentRequest<>(document.index(), customer, alert, alert.letterOrigin != null);
    request.id(document.id());
    request.source(document.json(), XContentType.JSON);
    return request;
  }

  static DocumentRequest<EventToIndex> of(EventDocument document, EventToIndex input) {
    DocumentRequest<EventToIndex> request =
        new DocumentRequest<>(
            document.index(), input.event.customer, input, input.event.retry != null);
    request.id(document.id());
    request.source(document.json(), XContentType.JSON);
    return request;
  }

  String customer() {
    return customer;
  }

  T input() {
    return input;
  }

  /** Whether it was refused before. */
  boolean again() {
    return again;
  }
}
