package dev.lockstep.program;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds all of many folded texts in one value, in one pass over it. Immutable.
 *
 * <p>IMPLEMENTATION NOTES: at each place of the value the four bytes there are looked up in a
 * filter, small enough for the nearest caches. No look-up depends on the one before, as a step of
 * an automaton does, so the processor works on several at once; what the filter lets through is
 * compared byte by byte. The filter has a byte where a bit would do, for which shifts would cost
 * more than the room does. A text of three bytes is in the filter with each byte that can follow
 * it. In values that are not ASCII, which are few, texts of two and three bytes are looked for by
 * their first two.
 */
final class LiteralIndex {
  private static final int WIDTH = GramTable.MAX_WIDTH;

  /** Room in the filter for each gram: so one place in as many is looked at in vain. */
  private static final int FILTER_SIZE_OF_A_GRAM = 32;

  private static final int WORD_BITS = 6;
  private static final int MAX_FILTER_BITS = 17;
  private static final int PAIRS = 1 << Short.SIZE;
  private static final int PAIR_MASK = PAIRS - 1;
  private static final int NOT_ASCII = 0x808080;
  private static final int END_MARK = 0xFE;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** So many places are looked at together. */
  private static final int STEP = 4;

  /** What the filter says of a gram: the tables that it may be in. */
  private static final int GRAM = 1;

  private static final int TRIPLE = 2;
  private static final int KEYWORD_GRAM = 4;
  private static final int KEYWORD_TRIPLE = 8;

  private final GramTable grams;
  private final GramTable triples;
  private final GramTable couples;
  private final @Nullable LiteralIndex keywords;
  private final byte[] filter;
  private final int filterShift;
  private final long[] pairs;
  private final int[] meanings;
  private final int[] meaningOf;
  private final int firstFind;

  /**
   * @param tables the texts by the width of their grams, from 2 to 4
   * @param keywords what can be looked for in the same pass
   * @param meanings of each text: how many predicates are true where it stands, how many may be,
   *     then these predicates
   * @param meaningOf by text, where its meaning begins
   * @param firstFind where the texts begin among the finds of the program
   */
  LiteralIndex(
      List<GramTable> tables,
      @Nullable LiteralIndex keywords,
      int[] meanings,
      int[] meaningOf,
      int firstFind) {
    this.couples = tables.get(0);
    this.triples = tables.get(1);
    this.grams = tables.get(2);
    this.keywords = keywords;
    this.meanings = meanings;
    this.meaningOf = meaningOf;
    this.firstFind = firstFind;
    int bits = filterBits(gramCount() + (keywords == null ? 0 : keywords.gramCount()));
    this.filter = new byte[1 << bits];
    this.filterShift = Integer.SIZE - bits;
    mark(grams.grams(), GRAM);
    mark(extended(triples.grams()), TRIPLE);
    if (keywords != null) {
      mark(keywords.grams.grams(), KEYWORD_GRAM);
      mark(extended(keywords.triples.grams()), KEYWORD_TRIPLE);
    }
    this.pairs = pairs(keywords);
  }

  /** Tells whether texts like this can be looked for: two letters would be found everywhere. */
  static boolean takes(byte[] literal) {
    return literal.length >= WIDTH - 1 || (literal.length == 2 && literal[0] < 0);
  }

  /**
   * Tells the suspects of all that is in the text of the value of this number.
   *
   * @param searched whether keywords are looked for as well
   */
  void scan(FoldedText text, Suspects suspects, int value, boolean searched) {
    if (text.isAscii()) {
      scanAscii(text, suspects, value, searched);
    } else {
      scanOther(text, suspects, value, searched);
    }
  }

  private void scanAscii(FoldedText text, Suspects suspects, int value, boolean searched) {
    byte[] bytes = text.bytes();
    int end = text.end();
    for (int at = 0; at < end; at += STEP) {
      long eight = (long) LONG.get(bytes, at);
      int known =
          known((int) eight)
              | known((int) (eight >>> Byte.SIZE))
              | known((int) (eight >>> (2 * Byte.SIZE)))
              | known((int) (eight >>> (3 * Byte.SIZE)));
      if (known != 0) {
        findAll(eight, at, text, suspects, value, searched);
      }
    }
  }

  private void findAll(
      long eight, int at, FoldedText text, Suspects suspects, int value, boolean searched) {
    for (int i = 0; i < STEP; i++) {
      int gram = (int) (eight >>> (i * Byte.SIZE));
      int tables = known(gram);
      if ((tables & GRAM) != 0) {
        grams.find(gram, at + i, text, this, suspects, value);
      }
      if ((tables & TRIPLE) != 0) {
        triples.find(gram, at + i, text, this, suspects, value);
      }
      if (tables >= KEYWORD_GRAM && searched && keywords != null) {
        keywords.find(gram, at + i, text, suspects, value);
      }
    }
  }

  private void scanOther(FoldedText text, Suspects suspects, int value, boolean searched) {
    for (int at = 0; at < text.end(); at++) {
      int gram = GramTable.gramAt(text.bytes(), at);
      int pair = gram & PAIR_MASK;
      if ((known(gram) | ((pairs[pair >>> WORD_BITS] >>> pair) & 1)) != 0) {
        find(gram, at, text, suspects, value);
        couples.find(gram, at, text, this, suspects, value);
        if (searched && keywords != null) {
          keywords.find(gram, at, text, suspects, value);
          keywords.couples.find(gram, at, text, keywords, suspects, value);
        }
      }
    }
  }

  private void find(int gram, int at, FoldedText text, Suspects suspects, int value) {
    grams.find(gram, at, text, this, suspects, value);
    triples.find(gram, at, text, this, suspects, value);
  }

  int findCount() {
    return meaningOf.length;
  }

  void found(int literal, Suspects suspects, int value) {
    if (suspects.isFirst(firstFind + literal)) {
      int meaning = meaningOf[literal];
      int suspected = meaning + 2 + meanings[meaning];
      suspects.settleAll(meanings, meaning + 2, suspected, value);
      suspects.addAll(meanings, suspected, suspected + meanings[meaning + 1]);
    }
  }

  /** Tells the tables that the gram may be in. */
  private int known(int gram) {
    return filter[GramTable.hash(gram) >>> filterShift];
  }

  private int gramCount() {
    return grams.grams().length + extended(triples.grams()).length;
  }

  private void mark(int[] known, int table) {
    for (int gram : known) {
      filter[GramTable.hash(gram) >>> filterShift] |= (byte) table;
    }
  }

  /** The grams of four bytes that can begin with one of three, in ASCII. */
  private static int[] extended(int[] triples) {
    IntList grams = new IntList();
    for (int triple : triples) {
      if ((triple & NOT_ASCII) == 0) {
        for (int next = 0; next < 0x80; next++) {
          grams.add(triple | (next << (3 * Byte.SIZE)));
        }
        grams.add(triple | (END_MARK << (3 * Byte.SIZE)));
      }
    }
    return grams.toArray();
  }

  /** The first two bytes of the short texts. */
  private long[] pairs(@Nullable LiteralIndex keywords) {
    int[] couplesHere = couples.grams();
    int[] triplesHere = triples.grams();
    if (keywords != null && couplesHere.length + triplesHere.length == 0) {
      return keywords.pairs;
    }
    long[] known = keywords == null ? new long[PAIRS >>> WORD_BITS] : keywords.pairs.clone();
    for (int couple : couplesHere) {
      set(known, couple & PAIR_MASK);
    }
    for (int triple : triplesHere) {
      set(known, triple & PAIR_MASK);
    }
    return known;
  }

  private static void set(long[] bits, int bit) {
    bits[bit >>> WORD_BITS] |= 1L << bit;
  }

  private static int filterBits(int grams) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros((long) grams * FILTER_SIZE_OF_A_GRAM);
    return Math.min(MAX_FILTER_BITS, Math.max(1, bits));
  }
}
