package dev.lockstep.correlation;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code change}: the last event's values against those of the one before. */
final class ChangeMachine extends GroupMachine {
  private final long timespan;
  private @Nullable Occurrence last;

  ChangeMachine(long timespan, @Nullable PieceReader state) {
    this.timespan = timespan;
    this.last = state == null || !state.readBoolean() ? null : Bytes.readOccurrence(state);
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    if (occurrence.values().isEmpty()) {
      return;
    }
    Occurrence before = last;
    long from = occurrence.atMillis() - timespan;
    if (before != null
        && before.atMillis() >= from
        && !before.values().equals(occurrence.values())) {
      findings.accept(
          new Finding(
              occurrence.atMillis(),
              from,
              2,
              /* value= */ null,
              List.of(before, occurrence),
              /* approximate= */ false));
    }
    last = occurrence;
  }

  @Override
  long wakeAt() {
    return last == null ? NEVER : last.atMillis() + timespan + 1;
  }

  @Override
  void wake(Consumer<Finding> findings) {
    clear();
  }

  @Override
  void save(PieceWriter out) {
    out.writeBoolean(last != null);
    if (last != null) {
      Bytes.write(last, out);
    }
  }

  @Override
  void clear() {
    last = null;
  }
}
