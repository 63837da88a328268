package dev.lockstep.program;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Knows byte sequences by one gram of each: a few of its bytes in a row, as a number. Immutable.
 *
 * <p>IMPLEMENTATION NOTES: everything lies in three arrays and not in objects, for with tens of
 * thousands of sequences it is the cache that limits the speed.
 */
final class GramTable {
  static final int MAX_WIDTH = 4;

  private static final int MULTIPLIER = 0x9E3779B1;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Of a slot: the gram, and where its entries begin; nothing is there at 0. */
  private static final int SLOT_SIZE = 2;

  /**
   * Of an entry: number, first byte, length, place of the gram; then how far from the gram a second
   * one of four bytes is, and that one.
   */
  private static final int ENTRY_SIZE = 6;

  /** A sequence to find. */
  static final class Entry {
    private final int number;
    private final byte[] sequence;
    private final int gramAt;

    /**
     * @param number what it is known by
     * @param gramAt where in it the gram is that it is found by
     */
    Entry(int number, byte[] sequence, int gramAt) {
      this.number = number;
      this.sequence = sequence;
      this.gramAt = gramAt;
    }

    private int gram(int width) {
      return gramAt(sequence, gramAt, width);
    }

    /** How far from the gram the neighbour is: right behind it or before; 0 if there is none. */
    private int wayToNeighbour(int width) {
      if (gramAt + width + MAX_WIDTH <= sequence.length) {
        return width;
      }
      return gramAt >= MAX_WIDTH ? -MAX_WIDTH : 0;
    }

    private int[] laidOut(int width, int from) {
      int way = wayToNeighbour(width);
      int neighbour = way == 0 ? 0 : gramAt(sequence, gramAt + way);
      return new int[] {number, from, sequence.length, gramAt, way, neighbour};
    }
  }

  private final int mask;
  private final int shift;
  private final int[] slots;
  private final int[] entries;
  private final byte[] sequences;

  private GramTable(int width, Map<Integer, List<Entry>> byGram) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(byGram.size() * 2 + 1);
    this.mask = width == MAX_WIDTH ? -1 : (1 << (width * Byte.SIZE)) - 1;
    this.shift = Integer.SIZE - bits;
    this.slots = new int[SLOT_SIZE << bits];
    IntList laidOut = new IntList();
    laidOut.add(0);
    List<byte[]> bytes = new ArrayList<>();
    int length = 0;
    for (Map.Entry<Integer, List<Entry>> found : byGram.entrySet()) {
      put(found.getKey(), laidOut.size());
      laidOut.add(found.getValue().size());
      for (Entry entry : found.getValue()) {
        laidOut.addAll(entry.laidOut(width, length));
        bytes.add(entry.sequence);
        length += entry.sequence.length;
      }
    }
    this.entries = laidOut.toArray();
    this.sequences = joined(bytes, length);
  }

  /** Builds the table of sequences that are found by grams of this many bytes, 1 to 4. */
  static GramTable of(int width, List<Entry> sequences) {
    Map<Integer, List<Entry>> byGram = new TreeMap<>();
    for (Entry entry : sequences) {
      byGram.computeIfAbsent(entry.gram(width), gram -> new ArrayList<>()).add(entry);
    }
    return new GramTable(width, byGram);
  }

  /** The gram of four bytes that begins there; they may end in the room behind a text. */
  static int gramAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  /** The gram of that many bytes, which must be there. */
  static int gramAt(byte[] bytes, int at, int width) {
    int gram = 0;
    for (int i = width - 1; i >= 0; i--) {
      gram = (gram << Byte.SIZE) | (bytes[at + i] & 0xFF);
    }
    return gram;
  }

  /** Spreads grams evenly over the numbers of 32 bits; the upper bits are the better ones. */
  static int hash(int gram) {
    return gram * MULTIPLIER;
  }

  /** The different grams that are known here. */
  int[] grams() {
    IntList known = new IntList();
    for (int slot = 0; slot < slots.length; slot += SLOT_SIZE) {
      if (slots[slot + 1] != 0) {
        known.add(slots[slot]);
      }
    }
    return known.toArray();
  }

  /**
   * Tells of each sequence that is found by the gram and stands in the text.
   *
   * @param wide four bytes that begin with the gram
   * @param at where it begins
   */
  void find(int wide, int at, FoldedText text, LiteralIndex index, Suspects suspects, int value) {
    int gram = wide & mask;
    int slot = (hash(gram) >>> shift) * SLOT_SIZE;
    while (slots[slot + 1] != 0 && slots[slot] != gram) {
      slot = (slot + SLOT_SIZE) & (slots.length - 1);
    }
    int first = slots[slot + 1];
    if (first == 0) {
      return;
    }
    int end = first + 1 + entries[first] * ENTRY_SIZE;
    for (int entry = first + 1; entry < end; entry += ENTRY_SIZE) {
      if (hasNeighbour(entry, at, text.bytes()) && isAt(entry, at, text)) {
        index.found(entries[entry], suspects, value);
      }
    }
  }

  /** Tells for little that most sequences are not there. */
  private boolean hasNeighbour(int entry, int at, byte[] bytes) {
    int way = entries[entry + 4];
    return way == 0 || (at + way >= 0 && entries[entry + 5] == gramAt(bytes, at + way));
  }

  private boolean isAt(int entry, int at, FoldedText text) {
    int from = entries[entry + 1];
    int length = entries[entry + 2];
    int start = at - entries[entry + 3];
    return start >= 0
        && start + length <= text.end()
        && Arrays.equals(sequences, from, from + length, text.bytes(), start, start + length);
  }

  private void put(int gram, int firstEntry) {
    int slot = (hash(gram) >>> shift) * SLOT_SIZE;
    while (slots[slot + 1] != 0) {
      slot = (slot + SLOT_SIZE) & (slots.length - 1);
    }
    slots[slot] = gram;
    slots[slot + 1] = firstEntry;
  }

  private static byte[] joined(List<byte[]> parts, int length) {
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }
}
