package dev.lockstep.correlation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judges the occurrences of a sliding window whenever one comes. */
abstract class WindowMachine extends ExactMachine {

  /** Beyond so many in a window, most are kept without what an alert would show of them. */
  private static final int KEPT_WITH_EVIDENCE = 1000;

  private final long timespan;
  private final int enough;
  private final int most;
  private final OccurrenceLog log;
  private boolean held;
  private long approximateUntil;
  private int givenUp;

  /**
   * @param timespan length of the window in milliseconds
   * @param enough with so many occurrences, older ones make no difference any more
   * @param most so many are kept at most
   * @param state what {@link #save} wrote; null for a new group
   */
  WindowMachine(long timespan, int enough, int most, Slots slots, @Nullable PieceReader state) {
    this.timespan = timespan;
    this.enough = enough;
    this.most = most;
    if (state == null) {
      this.log = new OccurrenceLog(slots);
      this.approximateUntil = Long.MIN_VALUE;
    } else {
      this.held = state.readBoolean();
      this.approximateUntil = state.readLong();
      this.log = new OccurrenceLog(slots, state);
    }
  }

  /** Tells whether the condition holds; the window is not empty. */
  abstract boolean isTrue();

  /** What is compared, if it is not the number of occurrences. */
  abstract @Nullable BigDecimal value();

  /** Is told what has come into the window. */
  void entered(Occurrence occurrence) {}

  /** Is told what has left it. */
  void left(Occurrence occurrence) {}

  final OccurrenceLog log() {
    return log;
  }

  @Override
  final int kept() {
    return log.size();
  }

  @Override
  final void forEachKept(Consumer<Occurrence> action) {
    log.forEach(action);
  }

  @Override
  final boolean held() {
    return held;
  }

  @Override
  final void held(boolean held) {
    this.held = held;
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    long from = occurrence.atMillis() - timespan;
    leave(from);
    boolean before = log.size() > 0 && isTrue();
    log.add(log.size() < KEPT_WITH_EVIDENCE ? occurrence : occurrence.withoutEvidence());
    entered(occurrence);
    limit(occurrence.atMillis());
    boolean now = isTrue();
    if (now && !(held && before)) {
      findings.accept(finding(occurrence, from));
    }
    held = now;
  }

  private Finding finding(Occurrence occurrence, long from) {
    return new Finding(
        occurrence.atMillis(),
        from,
        log.size(),
        value(),
        shown(),
        occurrence.atMillis() <= approximateUntil);
  }

  private List<Occurrence> shown() {
    if (log.size() <= 2 * Finding.SHOWN) {
      return log.oldest(log.size());
    }
    List<Occurrence> shown = new ArrayList<>(log.oldest(Finding.SHOWN));
    shown.addAll(log.newest(Finding.SHOWN));
    return shown;
  }

  private void limit(long now) {
    while (log.size() > Math.min(enough, most)) {
      Occurrence oldest = removeOldest();
      if (log.size() < enough && oldest.atMillis() >= now - timespan) {
        approximateUntil = oldest.atMillis() + timespan;
        givenUp++;
      }
    }
  }

  private void leave(long from) {
    Occurrence oldest = log.oldest();
    while (oldest != null && oldest.atMillis() < from) {
      removeOldest();
      oldest = log.oldest();
    }
  }

  private Occurrence removeOldest() {
    Occurrence oldest = log.oldest();
    if (oldest == null) {
      throw new IllegalStateException("the window is empty");
    }
    log.removeOldest();
    left(oldest);
    return oldest;
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
    log.save(out);
  }

  @Override
  void clear() {
    log.clear();
    held = false;
  }

  @Override
  int givenUp() {
    return givenUp;
  }
}
