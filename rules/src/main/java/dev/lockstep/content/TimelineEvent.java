package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

/**
 * An event of a timeline.
 *
 * @param atMillis event time, from the start of the timeline
 * @param id {@code e1}, {@code e2} and so on in the order of time
 * @param json the event as one JSON object
 */
public record TimelineEvent(long atMillis, String id, String json) {
  public TimelineEvent {
    requireNonNull(id, "id is null");
    requireNonNull(json, "json is null");
  }
}
