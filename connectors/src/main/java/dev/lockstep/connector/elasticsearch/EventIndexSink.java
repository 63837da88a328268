package dev.lockstep.connector.elasticsearch;

import dev.lockstep.connector.wire.EventToIndex;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;

/** The sink of events. */
public final class EventIndexSink {

  private EventIndexSink() {}

  /**
   * Returns a sink for events.
   *
   * @param maxDistance how far an event's time may be from its record's and still name the day of
   *     its index
   */
  public static Sink<EventToIndex> create(
      ElasticsearchSettings settings,
      Duration maxDistance,
      RejectedDocuments.Factory<EventToIndex> rejectedDocuments) {
    return new DocumentSink<>(settings, new EventForm(maxDistance), rejectedDocuments);
  }
}
