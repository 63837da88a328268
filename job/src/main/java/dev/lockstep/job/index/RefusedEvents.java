package dev.lockstep.job.index;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.connector.wire.Retry;
import dev.lockstep.event.DeadLetterClass;

/** Letters about events; they hold the record, as it takes to read it again. */
final class RefusedEvents implements RefusedLetters<EventToIndex> {

  private static final long serialVersionUID = 1L;

  @Override
  public DeadLetterRecord letter(RejectedDocument<EventToIndex> document) {
    EventRecord event = document.input().event;
    DeadLetterRecord letter =
        DeadLetterRecord.about(
            event, DeadLetterClass.EVENT_NOT_INDEXED, RefusedLetters.reason(document));
    letter.attempt = event.retry == null ? 0 : event.retry.attempt;
    return letter;
  }

  @Override
  public DeadLetterRecord note(EventToIndex input, String customer) {
    Retry retry = input.event.retry;
    if (retry == null) {
      throw new IllegalArgumentException(
          "the event from " + input.event.origin + " was never refused");
    }
    return DeadLetterRecord.resolved(input.event, retry);
  }
}
