package dev.lockstep.correlation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Occurrences in the order in which they were added, of which the oldest are removed first. Only
 * the pieces at both ends are read and written; a short log, of one piece, is written with what
 * else is known of its group.
 */
final class OccurrenceLog {
  private static final int PIECE = 32;

  private final Slots slots;
  private long first;
  private long last;
  private int size;
  private @Nullable ArrayDeque<Occurrence> head;
  private @Nullable ArrayDeque<Occurrence> tail;
  private boolean headChanged;
  private boolean tailChanged;

  /** Whether the last piece is in a slot. */
  private boolean tailStored;

  /** An empty log. */
  OccurrenceLog(Slots slots) {
    this.slots = slots;
  }

  /** The log that {@link #save} left. */
  OccurrenceLog(Slots slots, PieceReader in) {
    this.slots = slots;
    this.first = in.readLong();
    this.last = in.readLong();
    this.size = in.readInt();
    if (first == last && in.version() >= Bytes.SHORT_LOGS_INSIDE) {
      tail = new ArrayDeque<>(Bytes.readAll(in));
    } else {
      tailStored = size > 0;
    }
  }

  int size() {
    return size;
  }

  void add(Occurrence occurrence) {
    if (size == 0) {
      first = last;
      tail = new ArrayDeque<>();
    }
    ArrayDeque<Occurrence> open = tail();
    if (open.size() >= PIECE) {
      tailChanged |= !tailStored;
      saveTail();
      if (first == last) {
        head = open;
      }
      last++;
      open = new ArrayDeque<>();
      tail = open;
      tailStored = false;
    }
    open.addLast(occurrence);
    tailChanged = true;
    size++;
  }

  /** The oldest; null if there is none. */
  @Nullable Occurrence oldest() {
    return size == 0 ? null : head().peekFirst();
  }

  /** The newest; null if there is none. */
  @Nullable Occurrence newest() {
    return size == 0 ? null : tail().peekLast();
  }

  void removeOldest() {
    ArrayDeque<Occurrence> pieces = head();
    pieces.removeFirst();
    size--;
    markHead();
    if (pieces.isEmpty()) {
      if (first < last) {
        slots.remove(SlotKind.LOG.slot(first));
        first++;
        head = null;
        headChanged = false;
      } else {
        forgetTail();
      }
    }
  }

  /** Goes through all from the oldest to the newest. */
  void forEach(Consumer<Occurrence> action) {
    if (size == 0) {
      return;
    }
    for (long piece = first; piece <= last; piece++) {
      pieceOf(piece).forEach(action);
    }
  }

  /** The oldest ones, at most so many. */
  List<Occurrence> oldest(int most) {
    List<Occurrence> found = new ArrayList<>();
    for (long piece = first; size > 0 && piece <= last && found.size() < most; piece++) {
      for (Occurrence occurrence : pieceOf(piece)) {
        if (found.size() < most) {
          found.add(occurrence);
        }
      }
    }
    return found;
  }

  /** The newest ones, at most so many, in their order. */
  List<Occurrence> newest(int most) {
    ArrayDeque<Occurrence> found = new ArrayDeque<>();
    for (long piece = last; size > 0 && piece >= first && found.size() < most; piece--) {
      var backwards = pieceOf(piece).descendingIterator();
      while (backwards.hasNext() && found.size() < most) {
        found.addFirst(backwards.next());
      }
    }
    return List.copyOf(found);
  }

  void clear() {
    for (long piece = first; piece < last; piece++) {
      slots.remove(SlotKind.LOG.slot(piece));
    }
    forgetTail();
    first = last;
    size = 0;
    head = null;
    tail = null;
    headChanged = false;
  }

  private void forgetTail() {
    if (tailStored) {
      slots.remove(SlotKind.LOG.slot(last));
      tailStored = false;
    }
    tailChanged = false;
  }

  /** Writes what changed, and to {@code out} what it takes to open the log again. */
  void save(PieceWriter out) {
    out.writeLong(first);
    out.writeLong(last);
    out.writeInt(size);
    if (first == last) {
      Bytes.writeAll(size == 0 ? List.of() : List.copyOf(tail()), out);
      forgetTail();
      return;
    }
    if (headChanged && head != null) {
      slots.put(SlotKind.LOG.slot(first), Bytes.ofOccurrences(List.copyOf(head)));
      headChanged = false;
    }
    saveTail();
  }

  private void saveTail() {
    if (tailChanged && tail != null) {
      slots.put(SlotKind.LOG.slot(last), Bytes.ofOccurrences(List.copyOf(tail)));
      tailChanged = false;
      tailStored = true;
    }
  }

  private void markHead() {
    if (first == last) {
      tailChanged = true;
    } else {
      headChanged = true;
    }
  }

  private ArrayDeque<Occurrence> head() {
    if (first == last) {
      return tail();
    }
    ArrayDeque<Occurrence> pieces = head;
    if (pieces == null) {
      pieces = load(first);
      head = pieces;
    }
    return pieces;
  }

  private ArrayDeque<Occurrence> tail() {
    ArrayDeque<Occurrence> pieces = tail;
    if (pieces == null) {
      pieces = load(last);
      tail = pieces;
    }
    return pieces;
  }

  private ArrayDeque<Occurrence> pieceOf(long number) {
    return number == last ? tail() : number == first ? head() : load(number);
  }

  private ArrayDeque<Occurrence> load(long number) {
    byte[] bytes = slots.get(SlotKind.LOG.slot(number));
    return bytes == null ? new ArrayDeque<>() : new ArrayDeque<>(Bytes.toOccurrences(bytes));
  }
}
