package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code ratio}: matches of one rule per 100 of another, judged when a millisecond with events is
 * over, because one event can be a match of both.
 */
final class RatioMachine extends GroupMachine {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final long step;
  private final int part;
  private final int of;
  private final Bounds percent;
  private final BigDecimal least;
  private final Steps parts = new Steps();
  private final Steps all = new Steps();
  private final ArrayDeque<Occurrence> newest = new ArrayDeque<>();
  private boolean held;

  /** What is judged when its millisecond is over; null between two advances of the group. */
  private @Nullable Occurrence last;

  private boolean before;

  /**
   * @param part number of the rule whose share is asked for
   * @param of number of the rule that it is a share of
   * @param least how many matches that one must have
   */
  RatioMachine(
      long timespan, int part, int of, Bounds percent, long least, @Nullable PieceReader state) {
    this.step = Steps.length(timespan);
    this.part = part;
    this.of = of;
    this.percent = percent;
    this.least = BigDecimal.valueOf(least);
    if (state != null) {
      held = state.readBoolean();
      parts.load(state);
      all.load(state);
      newest.addAll(Bytes.readAll(state));
    }
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    long now = stepOf(occurrence);
    if (last == null) {
      parts.forgetThrough(now - Steps.PER_WINDOW);
      all.forgetThrough(now - Steps.PER_WINDOW);
      newest.removeIf(earlier -> stepOf(earlier) <= now - Steps.PER_WINDOW);
      before = isTrue(now);
    }
    if (occurrence.member() == part) {
      parts.add(now, BigDecimal.ONE);
      newest.addLast(occurrence);
      if (newest.size() > Finding.SHOWN) {
        newest.removeFirst();
      }
    }
    if (occurrence.member() == of) {
      all.add(now, BigDecimal.ONE);
    }
    last = occurrence;
  }

  private long stepOf(Occurrence occurrence) {
    return Math.floorDiv(occurrence.atMillis(), step);
  }

  @Override
  void endMoment(Consumer<Finding> findings) {
    Occurrence occurrence = last;
    if (occurrence == null) {
      return;
    }
    last = null;
    long now = stepOf(occurrence);
    boolean isTrue = isTrue(now);
    if (isTrue && !(held && before)) {
      findings.accept(
          new Finding(
              occurrence.atMillis(),
              (now - Steps.PER_WINDOW + 1) * step,
              sum(parts, now).longValueExact(),
              percent(now),
              newest.isEmpty() ? List.of(occurrence) : List.copyOf(newest),
              /* approximate= */ false));
    }
    held = isTrue;
  }

  private boolean isTrue(long now) {
    BigDecimal total = sum(all, now);
    return total.signum() > 0 && total.compareTo(least) >= 0 && percent.holds(percent(now));
  }

  private BigDecimal percent(long now) {
    return sum(parts, now).multiply(HUNDRED).divide(sum(all, now), MathContext.DECIMAL128);
  }

  private static BigDecimal sum(Steps steps, long now) {
    return steps.sum(now - Steps.PER_WINDOW, now);
  }

  @Override
  long wakeAt() {
    long newestStep =
        Math.max(
            parts.isEmpty() ? Long.MIN_VALUE : parts.newest(),
            all.isEmpty() ? Long.MIN_VALUE : all.newest());
    return newestStep == Long.MIN_VALUE ? NEVER : (newestStep + Steps.PER_WINDOW + 1) * step;
  }

  @Override
  void wake(Consumer<Finding> findings) {
    clear();
  }

  @Override
  void save(PieceWriter out) {
    out.writeBoolean(held);
    parts.save(out);
    all.save(out);
    Bytes.writeAll(List.copyOf(newest), out);
  }

  @Override
  void clear() {
    parts.clear();
    all.clear();
    newest.clear();
    held = false;
  }
}
