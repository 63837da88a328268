package dev.lockstep.connector.elasticsearch;

import dev.lockstep.connector.wire.IndexRecord;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.common.xcontent.XContentType;

/** One document on its way; it keeps whose alert it was made of, should it be rejected. */
final class AlertIndexRequest extends IndexRequest {

  private final String customer;
  private final IndexRecord alert;

  AlertIndexRequest(AlertDocument document, String customer, IndexRecord alert) {
    super(document.index());
    id(document.id());
    source(document.json(), XContentType.JSON);
    this.customer = customer;
    this.alert = alert;
  }

  String customer() {
    return customer;
  }

  IndexRecord alert() {
    return alert;
  }
}
