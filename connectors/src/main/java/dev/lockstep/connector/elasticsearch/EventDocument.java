package dev.lockstep.connector.elasticsearch;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.digest.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An event as Elasticsearch keeps it: a function of the event and of what its record came with, so
 * that an event that is read again is the same document.
 *
 * @param id of customer and event id, so that writing it again changes nothing
 * @param json one JSON object in ECS names, with the event as it came under {@code lockstep.event}
 */
record EventDocument(String index, String id, String json) {

  private static final int ID_BYTES = 16;

  EventDocument {
    requireNonNull(index, "index is null");
    requireNonNull(id, "id is null");
    requireNonNull(json, "json is null");
  }

  /**
   * Returns the document of an event.
   *
   * @param maxDistance an event whose time is further from when its record was written is in the
   *     index of that day, with the time that it states: one clock that is wrong makes no index for
   *     each day of a year
   */
  static EventDocument of(EventRecord event, Duration maxDistance) {
    return new EventDocument(
        IndexName.ofEvents(event.customer, day(event, maxDistance.toMillis())),
        Sha256.hexOfParts(List.of(event.customer, event.id), ID_BYTES),
        EcsEvent.json(event));
  }

  private static Instant day(EventRecord event, long maxDistanceMillis) {
    long occurred = event.occurredAtMillis;
    long recorded = event.transport == null ? -1 : event.transport.recordedAtMillis;
    boolean near = recorded < 0 || Math.abs(occurred - recorded) <= maxDistanceMillis;
    return Instant.ofEpochMilli(near ? occurred : recorded);
  }
}
