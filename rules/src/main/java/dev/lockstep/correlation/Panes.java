package dev.lockstep.correlation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sketches of what happened in each tenth of a timespan, counted from the epoch. A window is the
 * tenth that goes on and the ten before it, so that it is never shorter than the timespan, and
 * longer by at most a tenth.
 *
 * <p>An event changes the newest sketch only; the sum of those before it lies beside them, and is
 * made anew with each tenth.
 */
final class Panes {
  private static final int BEFORE = Steps.PER_WINDOW;
  private static final long NONE = Long.MIN_VALUE;

  private final long step;
  private final Sketch.Form form;
  private final Slots slots;
  private final ArrayDeque<Long> past = new ArrayDeque<>();
  private long current = NONE;
  private @Nullable Sketch newest;
  private @Nullable Sketch window;
  private boolean changed;

  /** None yet. */
  Panes(long timespan, Sketch.Form form, Slots slots) {
    this.step = Steps.length(timespan);
    this.form = form;
    this.slots = slots;
  }

  /** Those that {@link #save} left. */
  void load(PieceReader in) {
    current = in.readLong();
    int size = in.readByte();
    for (int i = 0; i < size; i++) {
      past.addLast(in.readLong());
    }
  }

  /**
   * Has the window end at that time.
   *
   * @return whether another tenth has begun, so that the window may have lost some of what it had
   */
  boolean slideTo(long atMillis) {
    long pane = Math.floorDiv(atMillis, step);
    if (pane == current) {
      return false;
    }
    if (current != NONE) {
      put(SlotKind.PANE.slot(current), newest());
      past.addLast(current);
    }
    while (!past.isEmpty() && past.getFirst() < pane - BEFORE) {
      slots.remove(SlotKind.PANE.slot(past.removeFirst()));
    }
    current = pane;
    newest = form.create();
    Sketch sum = form.create();
    past.forEach(one -> addFrom(SlotKind.PANE.slot(one), sum));
    window = sum;
    put(SlotKind.PAST_PANES.slot(), sum);
    return true;
  }

  /** Takes an occurrence of the time that the window ends at. */
  void add(Occurrence occurrence) {
    // The window is made of the newest one, which must not have the occurrence before.
    window().add(occurrence);
    newest().add(occurrence);
    changed = true;
  }

  /** What is known of the window. */
  Sketch window() {
    Sketch known = window;
    if (known == null) {
      known = form.create();
      addFrom(SlotKind.PAST_PANES.slot(), known);
      known.addAll(newest().write());
      window = known;
    }
    return known;
  }

  private Sketch newest() {
    Sketch known = newest;
    if (known == null) {
      known = form.create();
      addFrom(SlotKind.PANE.slot(current), known);
      newest = known;
    }
    return known;
  }

  /** Begin of the window, in epoch milliseconds. */
  long fromMillis() {
    return (current - BEFORE) * step;
  }

  /** When the window is empty, if nothing more comes. */
  long endMillis() {
    return (current + BEFORE + 1) * step;
  }

  void save(PieceWriter out) {
    if (changed) {
      put(SlotKind.PANE.slot(current), newest());
      changed = false;
    }
    out.writeLong(current);
    out.writeByte(past.size());
    for (long one : past) {
      out.writeLong(one);
    }
  }

  void clear() {
    if (current == NONE) {
      return;
    }
    List<Long> all = new ArrayList<>(past);
    all.add(current);
    all.forEach(one -> slots.remove(SlotKind.PANE.slot(one)));
    slots.remove(SlotKind.PAST_PANES.slot());
    past.clear();
    current = NONE;
    newest = null;
    window = null;
    changed = false;
  }

  private void put(long slot, Sketch sketch) {
    byte[] written = sketch.write();
    slots.put(
        slot,
        Bytes.write(
            out -> {
              out.writeInt(written.length);
              out.write(written);
            }));
  }

  private void addFrom(long slot, Sketch sketch) {
    byte[] bytes = slots.get(slot);
    if (bytes != null) {
      sketch.addAll(Bytes.read(bytes, in -> in.readBytes(in.readInt())));
    }
  }
}
