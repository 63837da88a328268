package dev.lockstep.connector.wire;

import org.jspecify.annotations.Nullable;

/** An event on its way to Elasticsearch. A Flink POJO. */
public final class EventToIndex {
  public EventRecord event = new EventRecord();

  /** Why it makes no document, though it did once; null for one that does. */
  public @Nullable String obstacle;

  public EventToIndex() {}

  /** An event that was read from its source. */
  public static EventToIndex of(EventRecord event) {
    EventToIndex next = new EventToIndex();
    next.event = event;
    return next;
  }

  /** The next try of an event that was refused, as its letter reads now. */
  public static EventToIndex again(DeadLetterRecord letter, DecodedRecord decoded) {
    if (decoded.event != null) {
      return of(decoded.event);
    }
    EventToIndex next = new EventToIndex();
    next.event.customer = letter.customer == null ? "" : letter.customer;
    next.event.origin = letter.origin;
    next.event.json = letter.bytes;
    next.event.occurredAtMillis = letter.occurredAtMillis;
    next.event.transport = letter.transport;
    next.event.retry = new Retry(letter);
    next.obstacle =
        "its record makes no event any more: "
            + (decoded.deadLetter == null ? "" : decoded.deadLetter.reason);
    return next;
  }
}
