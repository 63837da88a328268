package dev.lockstep.correlation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Occurrences in the order in which they were added, of which the oldest are removed first. Only
 * the pieces at both ends are read and written.
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

  /** An empty log. */
  OccurrenceLog(Slots slots) {
    this.slots = slots;
  }

  /** The log that {@link #save} left. */
  OccurrenceLog(Slots slots, DataInputStream in) throws IOException {
    this.slots = slots;
    this.first = in.readLong();
    this.last = in.readLong();
    this.size = in.readInt();
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
      saveTail();
      if (first == last) {
        head = open;
      }
      last++;
      open = new ArrayDeque<>();
      tail = open;
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
      slots.remove(SlotKind.LOG.slot(first));
      headChanged = false;
      if (first == last) {
        tailChanged = false;
      } else {
        first++;
      }
      head = null;
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
    for (long piece = first; piece <= last; piece++) {
      slots.remove(SlotKind.LOG.slot(piece));
    }
    size = 0;
    head = null;
    tail = null;
    headChanged = false;
    tailChanged = false;
  }

  /** Writes what changed, and to {@code out} what it takes to open the log again. */
  void save(DataOutputStream out) throws IOException {
    if (headChanged && head != null) {
      slots.put(SlotKind.LOG.slot(first), Bytes.ofOccurrences(List.copyOf(head)));
      headChanged = false;
    }
    saveTail();
    out.writeLong(first);
    out.writeLong(last);
    out.writeInt(size);
  }

  private void saveTail() {
    if (tailChanged && tail != null) {
      slots.put(SlotKind.LOG.slot(last), Bytes.ofOccurrences(List.copyOf(tail)));
      tailChanged = false;
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
