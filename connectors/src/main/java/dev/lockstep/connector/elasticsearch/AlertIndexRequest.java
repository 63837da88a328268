package dev.lockstep.connector.elasticsearch;

import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.common.xcontent.XContentType;

/** One document on its way; it keeps the alert that it was made of, should it be rejected. */
final class AlertIndexRequest extends IndexRequest {

  private final String alert;

  AlertIndexRequest(AlertDocument document, String alert) {
    super(document.index());
    id(document.id());
    source(document.json(), XContentType.JSON);
    this.alert = alert;
  }

  String alert() {
    return alert;
  }
}
