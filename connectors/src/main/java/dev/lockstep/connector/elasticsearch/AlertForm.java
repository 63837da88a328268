package dev.lockstep.connector.elasticsearch;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.IndexRecord;

/** Alerts as documents. */
final class AlertForm implements DocumentForm<IndexRecord> {

  private static final long serialVersionUID = 1;

  @Override
  public DocumentRequest<IndexRecord> request(IndexRecord input) throws NoDocumentException {
    String customer = null;
    try {
      Alert alert = AlertJson.read(input.json);
      customer = alert.customer();
      return DocumentRequest.of(AlertDocument.of(alert), customer, input);
    } catch (RuntimeException e) {
      // Whatever it is: after a restart the same bytes would lead to it again, for ever.
      throw new NoDocumentException(customer, e);
    }
  }
}
