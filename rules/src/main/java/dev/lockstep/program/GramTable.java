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
 */
final class GramTable {
  static final int MAX_WIDTH = 4;

  private static final int MULTIPLIER = 0x9E3779B1;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
  }

  private final int mask;
  private final int shift;
  private final int[] grams;
  private final Entry[][] entries;

  private GramTable(int width, int gramCount) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(gramCount * 2 + 1);
    this.mask = maskOf(width);
    this.shift = Integer.SIZE - bits;
    this.grams = new int[1 << bits];
    this.entries = new Entry[1 << bits][];
  }

  /** Builds the table of sequences that are found by grams of this many bytes, 1 to 4. */
  static GramTable of(int width, List<Entry> sequences) {
    Map<Integer, List<Entry>> byGram = new TreeMap<>();
    for (Entry entry : sequences) {
      byGram.computeIfAbsent(entry.gram(width), gram -> new ArrayList<>()).add(entry);
    }
    GramTable table = new GramTable(width, byGram.size());
    byGram.forEach((gram, entries) -> table.put(gram, entries.toArray(Entry[]::new)));
    return table;
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
    for (int slot = 0; slot < grams.length; slot++) {
      if (entries[slot] != null) {
        known.add(grams[slot]);
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
    int slot = hash(gram) >>> shift;
    while (entries[slot] != null && grams[slot] != gram) {
      slot = (slot + 1) & (grams.length - 1);
    }
    Entry[] found = entries[slot];
    if (found == null) {
      return;
    }
    for (Entry entry : found) {
      int start = at - entry.gramAt;
      int end = start + entry.sequence.length;
      if (start >= 0
          && end <= text.end()
          && Arrays.equals(entry.sequence, 0, entry.sequence.length, text.bytes(), start, end)) {
        index.found(entry.number, suspects, value);
      }
    }
  }

  private void put(int gram, Entry[] found) {
    int slot = hash(gram) >>> shift;
    while (entries[slot] != null) {
      slot = (slot + 1) & (grams.length - 1);
    }
    grams[slot] = gram;
    entries[slot] = found;
  }

  private static int maskOf(int width) {
    return width == MAX_WIDTH ? -1 : (1 << (width * Byte.SIZE)) - 1;
  }
}
