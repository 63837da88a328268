package dev.lockstep.content;

import java.util.List;

/**
 * Events of a test file one after the other, and the alerts that are expected of them.
 *
 * @param events in the order of time; those of one moment as they are written
 * @param untilMillis how far event time goes on, from the start of the timeline
 * @param alerts as they are written; none if there may be none
 */
public record Timeline(
    List<TimelineEvent> events, long untilMillis, List<ExpectedTimelineAlert> alerts) {
  public Timeline {
    events = List.copyOf(events);
    alerts = List.copyOf(alerts);
  }
}
