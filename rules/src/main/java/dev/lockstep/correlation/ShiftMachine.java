package dev.lockstep.correlation;

import dev.lockstep.sigma.CorrelationQuestion.Shift;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code spike} and {@code drop}. A spike is judged when an event comes, a drop when a step of time
 * is over.
 */
final class ShiftMachine extends GroupMachine {
  private final Shift question;
  private final long step;
  private final Steps steps = new Steps();
  private final Steps counts = new Steps();
  private final ArrayDeque<Occurrence> newest = new ArrayDeque<>();
  private long firstStep;
  private long judgedStep = Long.MIN_VALUE;
  private boolean held;

  ShiftMachine(long timespan, Shift question, @Nullable PieceReader state) {
    this.question = question;
    this.step = Steps.length(timespan);
    if (state != null) {
      firstStep = state.readLong();
      judgedStep = state.readLong();
      held = state.readBoolean();
      steps.load(state);
      counts.load(state);
      newest.addAll(Bytes.readAll(state));
    }
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    Optional<BigDecimal> amount =
        question.field().isEmpty() ? Optional.of(BigDecimal.ONE) : Numbers.of(occurrence);
    if (amount.isEmpty()) {
      return;
    }
    long now = stepOf(occurrence);
    if (steps.isEmpty()) {
      firstStep = now;
      judgedStep = now - 1;
    }
    boolean before = question.up() && isTrue(now);
    steps.add(now, amount.get());
    counts.add(now, BigDecimal.ONE);
    newest.addLast(occurrence);
    if (newest.size() > Finding.SHOWN) {
      newest.removeFirst();
    }
    if (question.up()) {
      judge(now, occurrence.atMillis(), before, findings);
    }
  }

  private long stepOf(Occurrence occurrence) {
    return Math.floorDiv(occurrence.atMillis(), step);
  }

  private void judge(long now, long atMillis, boolean before, Consumer<Finding> findings) {
    boolean isTrue = isTrue(now);
    if (isTrue && !(held && before)) {
      findings.accept(
          new Finding(
              atMillis,
              (now - Steps.PER_WINDOW + 1) * step,
              current(counts, now).longValueExact(),
              current(steps, now),
              shown(now),
              /* approximate= */ false));
    }
    held = isTrue;
  }

  /** The newest ones of the window; where it has none, the last one before it. */
  private List<Occurrence> shown(long now) {
    List<Occurrence> inWindow =
        newest.stream().filter(occurrence -> stepOf(occurrence) > now - Steps.PER_WINDOW).toList();
    return inWindow.isEmpty() ? List.of(newest.getLast()) : inWindow;
  }

  private boolean isTrue(long now) {
    if (now - horizon() < firstStep) {
      return false;
    }
    // Both sides are multiplied by the number of windows: a mean need not have an end.
    BigDecimal windows = BigDecimal.valueOf(question.windows());
    BigDecimal current = current(steps, now);
    BigDecimal reference = steps.sum(now - horizon(), now - Steps.PER_WINDOW);
    if (reference.compareTo(question.leastReference().multiply(windows)) < 0) {
      return false;
    }
    return question.up()
        ? current.compareTo(question.leastCurrent()) >= 0
            && current.multiply(windows).compareTo(reference.multiply(question.ratio())) >= 0
        : current.multiply(windows).multiply(question.ratio()).compareTo(reference) <= 0;
  }

  private static BigDecimal current(Steps amounts, long now) {
    return amounts.sum(now - Steps.PER_WINDOW, now);
  }

  /** At the end of each step: for a drop to be judged, for a spike to forget. */
  @Override
  long wakeAt() {
    if (steps.isEmpty()) {
      return NEVER;
    }
    return question.up() ? endOf(steps.newest() + horizon()) : endOf(judgedStep + 1);
  }

  private long horizon() {
    return (long) Steps.PER_WINDOW * (question.windows() + 1);
  }

  private long endOf(long ended) {
    return (ended + 1) * step;
  }

  @Override
  void wake(Consumer<Finding> findings) {
    if (question.up()) {
      clear();
      return;
    }
    judgedStep++;
    judge(judgedStep, endOf(judgedStep), held, findings);
    forgetThrough(judgedStep - horizon());
    if (steps.isEmpty()) {
      clear();
    }
  }

  private void forgetThrough(long past) {
    steps.forgetThrough(past);
    counts.forgetThrough(past);
  }

  @Override
  void save(PieceWriter out) {
    if (question.up() && !steps.isEmpty()) {
      forgetThrough(steps.newest() - horizon());
    }
    out.writeLong(firstStep);
    out.writeLong(judgedStep);
    out.writeBoolean(held);
    steps.save(out);
    counts.save(out);
    Bytes.writeAll(List.copyOf(newest), out);
  }

  @Override
  void clear() {
    steps.clear();
    counts.clear();
    newest.clear();
    held = false;
  }
}
