package dev.lockstep.correlation;

import dev.lockstep.sigma.Bounds;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A condition that is judged exactly up to so many occurrences or values in the window, and by a
 * {@link Sketch} beyond. When a window may again be kept as a whole, that is begun beside the
 * sketch, which goes on until all of a timespan is kept.
 */
final class EstimatingMachine extends GroupMachine {
  private static final long NOT_KEPT = Long.MAX_VALUE;

  private final long timespan;
  private final int bound;
  private final Bounds bounds;
  private final Sketch.Form form;
  private final ExactMachine exact;
  private final Panes panes;

  /** The newest ones, while estimating. */
  private final ArrayDeque<Occurrence> newest = new ArrayDeque<>();

  private boolean estimating;
  private boolean held;

  /** Since when all is kept while estimating, in epoch milliseconds. */
  private long keptSince = NOT_KEPT;

  private int estimated;

  /** Opens a machine that is exact up to so many, which may read from memory. */
  @FunctionalInterface
  interface Exact {
    ExactMachine open(int most, @Nullable PieceReader state);
  }

  /**
   * @param bound so many occurrences or values of a window are kept
   * @param bounds of what the sketch says
   */
  EstimatingMachine(
      long timespan,
      int bound,
      Bounds bounds,
      Sketch.Form form,
      Exact exact,
      Slots slots,
      @Nullable PieceReader state) {
    this.timespan = timespan;
    this.bound = bound;
    this.bounds = bounds;
    this.form = form;
    this.panes = new Panes(timespan, form, slots);
    if (state != null) {
      estimating = state.readBoolean();
      if (estimating) {
        held = state.readBoolean();
        keptSince = state.readLong();
        panes.load(state);
        newest.addAll(Bytes.readAll(state));
      }
    }
    // One more than the bound, to know when there are too many, and to lose none of them then.
    this.exact = exact.open(bound + 1, state);
  }

  @Override
  void accept(Occurrence occurrence, Consumer<Finding> findings) {
    if (!form.takes(occurrence)) {
      return;
    }
    if (estimating && keptSince < occurrence.atMillis() - timespan) {
      exact.held(held);
      forgetSketches();
    }
    if (estimating) {
      estimate(occurrence, findings);
    } else {
      exact.accept(occurrence, findings);
      if (exact.kept() > bound) {
        beginToEstimate();
      }
    }
  }

  private void beginToEstimate() {
    estimating = true;
    held = exact.held();
    exact.forEachKept(
        kept -> {
          panes.slideTo(kept.atMillis());
          take(kept);
        });
    exact.clear();
  }

  private void estimate(Occurrence occurrence, Consumer<Finding> findings) {
    boolean slid = panes.slideTo(occurrence.atMillis());
    boolean before = held && (!slid || holds());
    boolean mayBeKept = slid && panes.window().count() < bound;
    take(occurrence);
    estimated++;
    held = holds();
    if (held && !before) {
      findings.accept(finding(occurrence));
    }
    keep(occurrence, mayBeKept);
  }

  /** Nothing fulfils no condition. */
  private boolean holds() {
    Sketch window = panes.window();
    return !window.isEmpty() && bounds.holds(window.value());
  }

  private void take(Occurrence occurrence) {
    panes.add(occurrence);
    newest.addLast(occurrence);
    if (newest.size() > Finding.SHOWN) {
      newest.removeFirst();
    }
  }

  private Finding finding(Occurrence occurrence) {
    Sketch window = panes.window();
    return new Finding(
        occurrence.atMillis(),
        panes.fromMillis(),
        window.count(),
        form.showsValue() ? window.value() : null,
        shown(),
        /* approximate= */ true,
        form.description() + "; the window is up to a tenth longer than the timespan");
  }

  private List<Occurrence> shown() {
    return newest.stream().filter(one -> one.atMillis() >= panes.fromMillis()).toList();
  }

  private void keep(Occurrence occurrence, boolean mayBeKept) {
    if (keptSince == NOT_KEPT && !mayBeKept) {
      return;
    }
    keptSince = Math.min(keptSince, occurrence.atMillis());
    exact.accept(occurrence, ignored -> {});
    if (exact.kept() > bound) {
      exact.clear();
      keptSince = NOT_KEPT;
    }
  }

  @Override
  long wakeAt() {
    return estimating ? panes.endMillis() : exact.wakeAt();
  }

  @Override
  void wake(Consumer<Finding> findings) {
    clear();
  }

  @Override
  void save(PieceWriter out) {
    out.writeBoolean(estimating);
    if (estimating) {
      out.writeBoolean(held);
      out.writeLong(keptSince);
      panes.save(out);
      Bytes.writeAll(List.copyOf(newest), out);
    }
    exact.save(out);
  }

  @Override
  void clear() {
    exact.clear();
    forgetSketches();
  }

  private void forgetSketches() {
    estimating = false;
    held = false;
    keptSince = NOT_KEPT;
    panes.clear();
    newest.clear();
  }

  @Override
  int estimated() {
    return estimated;
  }
}
