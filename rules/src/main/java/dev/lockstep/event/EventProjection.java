package dev.lockstep.event;

import java.util.HashSet;
import java.util.Set;

/**
 * Reads events, and of each only the members that the given fields can need.
 *
 * <p>Immutable and safe for use by many threads. Bytes that break a bound are malformed, as are
 * several JSON values in one event.
 */
public final class EventProjection {
  private final Set<String> topLevelNames;
  private final boolean wholeEvent;

  private EventProjection(Set<String> topLevelNames, boolean wholeEvent) {
    this.topLevelNames = topLevelNames;
    this.wholeEvent = wholeEvent;
  }

  /** Plans the reading of {@code fields}, or of everything if some rule searches whole events. */
  public static EventProjection of(Set<String> fields, boolean wholeEvent) {
    Set<String> names = new HashSet<>();
    for (String field : fields) {
      names.addAll(FieldName.topLevelNames(field));
    }
    return new EventProjection(Set.copyOf(names), wholeEvent);
  }

  /** Reads everything. */
  public static EventProjection whole() {
    return new EventProjection(Set.of(), true);
  }

  /** Reads one JSON object in UTF-8; the whole text is checked, also what is skipped. */
  public Event read(byte[] json) throws MalformedEventException {
    return EventJson.readObject(
        json, parser -> new Event(new EventNodeReader(parser).object(this::needs)));
  }

  private boolean needs(String topLevelName) {
    return wholeEvent || topLevelNames.contains(topLevelName);
  }
}
