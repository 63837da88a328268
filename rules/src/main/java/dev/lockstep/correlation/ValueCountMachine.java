package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code value_count}: as many of the values seen last are kept as make a difference to the
 * condition. Of each value the last occurrence counts; earlier ones stay in the log until they are
 * the oldest, or too many.
 */
final class ValueCountMachine extends ExactMachine {
  private static final int SLACK = 64;

  private final long timespan;
  private final Bounds count;
  private final long enough;
  private final int most;
  private final SeenValues seen;
  private OccurrenceLog log;
  private int distinct;
  private boolean held;
  private long approximateUntil = Long.MIN_VALUE;
  private int givenUp;

  ValueCountMachine(
      long timespan, Bounds count, int most, Slots slots, @Nullable PieceReader state) {
    this.timespan = timespan;
    this.count = count;
    this.enough = count.saturation();
    this.most = most;
    this.seen = new SeenValues(slots);
    if (state == null) {
      this.log = new OccurrenceLog(slots);
    } else {
      this.held = state.readBoolean();
      this.approximateUntil = state.readLong();
      this.distinct = state.readInt();
      this.log = new OccurrenceLog(slots, state);
    }
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    if (occurrence.values().isEmpty()) {
      return;
    }
    long from = occurrence.atMillis() - timespan;
    leave(from);
    boolean before = distinct > 0 && count.holds(distinct);
    if (seen.of(occurrence.values()) == null) {
      distinct++;
    }
    seen.see(occurrence);
    log.add(occurrence);
    limit();
    boolean now = count.holds(distinct);
    if (now && !(held && before)) {
      findings.accept(
          new Finding(
              occurrence.atMillis(),
              from,
              distinct,
              /* value= */ null,
              shown(),
              occurrence.atMillis() <= approximateUntil));
    }
    held = now;
  }

  private void leave(long from) {
    Occurrence oldest = log.oldest();
    while (oldest != null && oldest.atMillis() < from) {
      removeOldest(oldest);
      oldest = log.oldest();
    }
  }

  private void removeOldest(Occurrence oldest) {
    if (isLastOfItsValue(oldest)) {
      seen.forget(oldest.values());
      distinct--;
    }
    log.removeOldest();
  }

  private void limit() {
    Occurrence oldest = log.oldest();
    while (oldest != null && distinct > Math.min(enough, most)) {
      int before = distinct;
      removeOldest(oldest);
      if (distinct < before && distinct < enough) {
        approximateUntil = oldest.atMillis() + timespan;
        givenUp++;
      }
      oldest = log.oldest();
    }
    if (log.size() > 2 * distinct + SLACK) {
      List<Occurrence> counting = counting();
      log.clear();
      counting.forEach(log::add);
    }
  }

  private List<Occurrence> counting() {
    List<Occurrence> counting = new ArrayList<>();
    log.forEach(
        occurrence -> {
          if (isLastOfItsValue(occurrence)) {
            counting.add(occurrence);
          }
        });
    return counting;
  }

  private boolean isLastOfItsValue(Occurrence occurrence) {
    SeenValues.Seen last = seen.of(occurrence.values());
    return last != null && last.isBy(occurrence);
  }

  private List<Occurrence> shown() {
    List<Occurrence> counting = counting();
    int size = counting.size();
    if (size <= 2 * Finding.SHOWN) {
      return counting;
    }
    List<Occurrence> shown = new ArrayList<>(counting.subList(0, Finding.SHOWN));
    shown.addAll(counting.subList(size - Finding.SHOWN, size));
    return shown;
  }

  @Override
  int kept() {
    return distinct;
  }

  @Override
  void forEachKept(Consumer<Occurrence> action) {
    counting().forEach(action);
  }

  @Override
  boolean held() {
    return held;
  }

  @Override
  void held(boolean held) {
    this.held = held;
  }

  @Override
  long wakeAt() {
    Occurrence newest = log.newest();
    return newest == null ? NEVER : newest.atMillis() + timespan + 1;
  }

  @Override
  void wake(Consumer<Finding> findings) {
    clear();
  }

  @Override
  void save(PieceWriter out) {
    out.writeBoolean(held);
    out.writeLong(approximateUntil);
    out.writeInt(distinct);
    log.save(out);
  }

  @Override
  void clear() {
    log.forEach(occurrence -> seen.forget(occurrence.values()));
    log.clear();
    distinct = 0;
    held = false;
  }

  @Override
  int givenUp() {
    return givenUp;
  }
}
