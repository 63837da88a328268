package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code absence}: judged when the window has come to hold fewer events. */
final class AbsenceMachine extends GroupMachine {
  private final long timespan;
  private final Bounds count;
  private final long enough;
  private final long forget;

  /** The newest events, as many as are not too few. */
  private final ArrayDeque<Occurrence> newest = new ArrayDeque<>();

  private long firstMillis;
  private boolean held;

  /**
   * @param forget how long after its last event the group is known, in milliseconds
   */
  AbsenceMachine(long timespan, Bounds count, long forget, @Nullable PieceReader state) {
    this.timespan = timespan;
    this.count = count;
    this.enough = leastEnough(count);
    this.forget = forget;
    if (state != null) {
      firstMillis = state.readLong();
      held = state.readBoolean();
      newest.addAll(Bytes.readAll(state));
    }
  }

  private static long leastEnough(Bounds count) {
    long enough = count.saturation();
    while (enough > 0 && !count.holds(enough - 1)) {
      enough--;
    }
    return enough;
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    if (newest.isEmpty()) {
      firstMillis = occurrence.atMillis();
    }
    // An alert shows the last one only.
    Occurrence last = newest.pollLast();
    if (last != null) {
      newest.addLast(last.withoutEvidence());
    }
    newest.addLast(occurrence);
    if (newest.size() > Math.max(1, enough)) {
      newest.removeFirst();
    }
    if (!count.holds(countAt(occurrence.atMillis()))) {
      held = false;
    }
  }

  private long countAt(long millis) {
    return newest.stream().filter(event -> event.atMillis() >= millis - timespan).count();
  }

  @Override
  long wakeAt() {
    Occurrence last = newest.peekLast();
    Occurrence oldest = newest.peekFirst();
    if (last == null || oldest == null) {
      return NEVER;
    }
    long forgotten = last.atMillis() + forget + 1;
    // With fewer events than are enough, the group itself has to be known for a whole window.
    long fewer = newest.size() < enough ? firstMillis : oldest.atMillis();
    return held ? forgotten : Math.min(forgotten, Math.max(fewer, firstMillis) + timespan + 1);
  }

  @Override
  void wake(Consumer<Finding> findings) {
    long now = wakeAt();
    Occurrence last = newest.getLast();
    if (now > last.atMillis() + forget) {
      clear();
      return;
    }
    held = true;
    findings.accept(
        new Finding(
            now,
            now - timespan,
            countAt(now),
            /* value= */ null,
            List.of(last),
            /* approximate= */ false));
  }

  @Override
  void save(PieceWriter out) {
    out.writeLong(firstMillis);
    out.writeBoolean(held);
    Bytes.writeAll(List.copyOf(newest), out);
  }

  @Override
  void clear() {
    newest.clear();
    held = false;
  }
}
