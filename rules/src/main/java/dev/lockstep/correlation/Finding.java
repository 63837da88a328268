package dev.lockstep.correlation;

import dev.lockstep.alert.AlertId;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a correlation has become true for a group.
 *
 * @param atMillis event time of what made it true
 * @param fromMillis begin of the window
 * @param count number of events, of different values or of rules, whichever the type counts; of
 *     other types the number of events in the window
 * @param value what was compared, where it is not the count
 * @param events the first and the last events of the window, in their order, at least one
 * @param approximate whether the window had more events than could be kept
 * @param estimatedBy what count and value were estimated by, and how far they may be wrong; null if
 *     they were not
 */
public record Finding(
    long atMillis,
    long fromMillis,
    long count,
    @Nullable BigDecimal value,
    List<Occurrence> events,
    boolean approximate,
    @Nullable String estimatedBy) {

  /** How many events are shown of each end of a window. */
  static final int SHOWN = 10;

  /** The identity of the alert: the group, and the events that bound the window. */
  public String idOf(GroupKey group) {
    return AlertId.ofGroup(
        group.customer(),
        group.correlation(),
        group.values(),
        events.get(0).id(),
        events.get(events.size() - 1).id(),
        atMillis);
  }

  /** What was counted, and not estimated. */
  Finding(
      long atMillis,
      long fromMillis,
      long count,
      @Nullable BigDecimal value,
      List<Occurrence> events,
      boolean approximate) {
    this(atMillis, fromMillis, count, value, events, approximate, /* estimatedBy= */ null);
  }

  public Finding {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a finding needs an event");
    }
  }
}
