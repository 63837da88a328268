package dev.lockstep.connector.elasticsearch;

import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.common.xcontent.XContentType;

/** One document on its way; it keeps whose alert it was made of, should it be rejected. */
final class AlertIndexRequest extends IndexRequest {

  private final String customer;
  private final String alert;

  AlertIndexRequest(AlertDocument document, String customer, String alert) {
    super(document.index());
    id(document.id());
    source(document.json(), XContentType.JSON);
    this.customer = customer;
    this.alert = alert;
  }

  String customer() {
    return customer;
  }

  String alert() {
    return alert;
  }
}
