package dev.lockstep.correlation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code temporal}: of each rule the last occurrence tells whether it occurs in the window. What
 * happens in one millisecond is judged together, because one event can be found by several rules.
 */
final class TemporalMachine extends GroupMachine {
  private final long timespan;
  private final Predicate<BitSet> condition;
  private final Map<Integer, Occurrence> last = new TreeMap<>();
  private boolean held;

  /** What is judged when its millisecond is over; null between two advances of the group. */
  private @Nullable Occurrence newest;

  private boolean before;

  /**
   * @param condition is asked which rules occur
   */
  TemporalMachine(long timespan, Predicate<BitSet> condition, @Nullable PieceReader state) {
    this.timespan = timespan;
    this.condition = condition;
    if (state != null) {
      this.held = state.readBoolean();
      Bytes.readAll(state).forEach(occurrence -> last.put(occurrence.member(), occurrence));
    }
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    if (newest == null) {
      long from = occurrence.atMillis() - timespan;
      last.values().removeIf(earlier -> earlier.atMillis() < from);
      before = condition.test(occurring());
    }
    last.put(occurrence.member(), occurrence);
    newest = occurrence;
  }

  @Override
  void endMoment(Consumer<Finding> findings) {
    Occurrence occurrence = newest;
    if (occurrence == null) {
      return;
    }
    newest = null;
    boolean now = condition.test(occurring());
    if (now && !(held && before)) {
      List<Occurrence> events = new ArrayList<>(last.values());
      events.sort(Occurrence.ORDER);
      findings.accept(
          new Finding(
              occurrence.atMillis(),
              occurrence.atMillis() - timespan,
              last.size(),
              /* value= */ null,
              events,
              /* approximate= */ false));
    }
    held = now;
  }

  private BitSet occurring() {
    BitSet members = new BitSet();
    last.keySet().forEach(members::set);
    return members;
  }

  @Override
  long wakeAt() {
    return last.values().stream().mapToLong(Occurrence::atMillis).max().stream()
        .map(newest -> newest + timespan + 1)
        .findFirst()
        .orElse(NEVER);
  }

  @Override
  void wake(Consumer<Finding> findings) {
    clear();
  }

  @Override
  void save(PieceWriter out) {
    out.writeBoolean(held);
    Bytes.writeAll(List.copyOf(last.values()), out);
  }

  @Override
  void clear() {
    last.clear();
    held = false;
  }
}
