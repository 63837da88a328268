package dev.lockstep.program;

import org.jspecify.annotations.Nullable;

/**
 * Finds all of many folded texts in one value, in one pass over it. Immutable.
 *
 * <p>IMPLEMENTATION NOTES: at each place of the value the four bytes there are looked up in a
 * filter of bits, small enough for the nearest caches. No look-up depends on the one before, as a
 * step of an automaton does, so the processor works on several at once; what the filter lets
 * through is compared byte by byte. Texts of two or three bytes are looked for by their first two,
 * and those that are not ASCII only where the value is not.
 */
final class LiteralIndex {

  /** Texts must have as many bytes. */
  static final int MIN_LENGTH = 2;

  /** Bits of the filter for each gram: so one place in as many is looked at in vain. */
  private static final int FILTER_BITS_OF_A_GRAM = 32;

  private static final int MIN_FILTER_BITS = 6;
  private static final int MAX_FILTER_BITS = 24;
  private static final int PAIRS = 1 << Short.SIZE;
  private static final int PAIR_MASK = PAIRS - 1;

  private final GramTable[] tables;
  private final long[] filter;
  private final int filterShift;
  private final long @Nullable [] pairs;
  private final long @Nullable [] asciiPairs;
  private final int[][] settled;
  private final int[][] suspected;
  private final int firstFind;

  /**
   * @param tables by the width of their grams from {@link #MIN_LENGTH} on
   * @param settled by text, the predicates that are true where it stands
   * @param suspected by text, the predicates that may be true then
   * @param firstFind where the texts begin among the finds of the program
   */
  LiteralIndex(GramTable[] tables, int[][] settled, int[][] suspected, int firstFind) {
    this.tables = tables;
    this.settled = settled;
    this.suspected = suspected;
    this.firstFind = firstFind;
    int[] grams = tables[tables.length - 1].grams();
    int bits = filterBits(grams.length);
    this.filter = new long[1 << (bits - MIN_FILTER_BITS)];
    this.filterShift = Integer.SIZE - bits;
    for (int gram : grams) {
      set(filter, GramTable.hash(gram) >>> filterShift);
    }
    this.pairs = pairs(tables, false);
    this.asciiPairs = pairs(tables, true);
  }

  /** Tells the suspects of all that is in the text of the value of this number. */
  void scan(FoldedText text, Suspects suspects, int value) {
    long[] shortOnes = text.isAscii() ? asciiPairs : pairs;
    if (shortOnes == null) {
      scanForGrams(text, suspects, value);
    } else {
      scanForGramsAndPairs(shortOnes, text, suspects, value);
    }
  }

  int findCount() {
    return settled.length;
  }

  void found(int literal, Suspects suspects, int value) {
    if (suspects.isFirst(firstFind + literal)) {
      suspects.settleAll(settled[literal], value);
      suspects.addAll(suspected[literal]);
    }
  }

  private void scanForGrams(FoldedText text, Suspects suspects, int value) {
    byte[] bytes = text.bytes();
    long[] bits = filter;
    int shift = filterShift;
    GramTable table = tables[tables.length - 1];
    int last = text.end() - GramTable.MAX_WIDTH;
    for (int i = 0; i <= last; i++) {
      int gram = GramTable.gramAt(bytes, i);
      int bit = GramTable.hash(gram) >>> shift;
      if (((bits[bit >>> MIN_FILTER_BITS] >>> bit) & 1) != 0) {
        table.find(gram, i, text, this, suspects, value);
      }
    }
  }

  private void scanForGramsAndPairs(
      long[] shortOnes, FoldedText text, Suspects suspects, int value) {
    byte[] bytes = text.bytes();
    long[] bits = filter;
    int shift = filterShift;
    int last = text.end() - MIN_LENGTH;
    for (int i = 0; i <= last; i++) {
      int gram = GramTable.gramAt(bytes, i);
      int bit = GramTable.hash(gram) >>> shift;
      int pair = gram & PAIR_MASK;
      long known =
          (bits[bit >>> MIN_FILTER_BITS] >>> bit) | (shortOnes[pair >>> MIN_FILTER_BITS] >>> pair);
      if ((known & 1) != 0) {
        for (GramTable table : tables) {
          table.find(gram, i, text, this, suspects, value);
        }
      }
    }
  }

  private static long @Nullable [] pairs(GramTable[] tables, boolean asciiOnly) {
    long[] pairs = new long[PAIRS >>> MIN_FILTER_BITS];
    boolean any = false;
    for (int i = 0; i < tables.length - 1; i++) {
      for (int gram : tables[i].grams()) {
        if (!asciiOnly || (gram & 0x808080) == 0) {
          set(pairs, gram & PAIR_MASK);
          any = true;
        }
      }
    }
    return any ? pairs : null;
  }

  private static void set(long[] bits, int bit) {
    bits[bit >>> MIN_FILTER_BITS] |= 1L << bit;
  }

  private static int filterBits(int grams) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros((long) grams * FILTER_BITS_OF_A_GRAM);
    return Math.min(MAX_FILTER_BITS, Math.max(MIN_FILTER_BITS, bits));
  }
}
