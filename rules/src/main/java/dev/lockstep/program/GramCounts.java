package dev.lockstep.program;

import java.util.Arrays;

/**
 * How common the grams of four bytes are among the texts of a program, which says how common they
 * will be in events: rules are about what is often seen. Few grams share a count with another.
 */
final class GramCounts {
  private static final int BITS = 20;

  private final int[] counts = new int[1 << BITS];

  /** Counts each gram of the text once. */
  void add(byte[] text) {
    int[] found = new int[Math.max(0, text.length - GramTable.MAX_WIDTH + 1)];
    Arrays.setAll(found, at -> place(text, at));
    Arrays.sort(found);
    for (int i = 0; i < found.length; i++) {
      if (i == 0 || found[i] != found[i - 1]) {
        counts[found[i]]++;
      }
    }
  }

  /** Where in the text, which has four bytes at least, the gram begins that is the least common. */
  int rarestIn(byte[] text) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int at = 0; at + GramTable.MAX_WIDTH <= text.length; at++) {
      int count = counts[place(text, at)];
      if (count < least) {
        least = count;
        best = at;
      }
    }
    return best;
  }

  private static int place(byte[] text, int at) {
    return GramTable.hash(GramTable.gramAt(text, at)) >>> (Integer.SIZE - BITS);
  }
}
