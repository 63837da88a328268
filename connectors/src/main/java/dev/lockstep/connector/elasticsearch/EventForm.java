package dev.lockstep.connector.elasticsearch;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.EventToIndex;
import java.time.Duration;

/** Events as documents. */
final class EventForm implements DocumentForm<EventToIndex> {

  private static final long serialVersionUID = 1;

  private final Duration maxDistance;

  /**
   * @param maxDistance of an event's time from its record's, for the index of its day
   */
  EventForm(Duration maxDistance) {
    this.maxDistance = requireNonNull(maxDistance, "maxDistance is null");
  }

  @Override
  public DocumentRequest<EventToIndex> request(EventToIndex input) throws NoDocumentException {
    if (input.obstacle != null) {
      throw new NoDocumentException(input.event.customer, input.obstacle);
    }
    try {
      return DocumentRequest.of(EventDocument.of(input.event, maxDistance), input);
    } catch (RuntimeException e) {
      // Whatever it is: after a restart the same bytes would lead to it again, for ever.
      throw new NoDocumentException(input.event.customer, e);
    }
  }
}
