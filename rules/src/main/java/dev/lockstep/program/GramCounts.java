package dev.lockstep.program;

import java.util.Arrays;

/**
 * How common the grams of four bytes are among the texts of a program, which says how common they
 * will be in events: rules are about what is often seen.
 */
final class GramCounts {
  /** Each gram as often as there are texts that have it; in order unless some were added. */
  private int[] grams = {};

  private final IntList added = new IntList();

  /** Counts each gram of the text once. */
  void add(byte[] text) {
    int count = Math.max(0, text.length - GramTable.MAX_WIDTH + 1);
    int[] found = new int[count];
    Arrays.setAll(found, at -> GramTable.gramAt(text, at));
    Arrays.sort(found);
    for (int i = 0; i < count; i++) {
      if (i == 0 || found[i] != found[i - 1]) {
        added.add(found[i]);
      }
    }
  }

  /** Where in the text, which has four bytes at least, the gram begins that is the least common. */
  int rarestIn(byte[] text) {
    if (added.size() > grams.length) {
      grams = added.toArray();
      Arrays.sort(grams);
    }
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int at = 0; at + GramTable.MAX_WIDTH <= text.length; at++) {
      int gram = GramTable.gramAt(text, at);
      int count = firstNotBelow(gram + 1L) - firstNotBelow(gram);
      if (count < least) {
        least = count;
        best = at;
      }
    }
    return best;
  }

  /** How many of the grams are less than the bound. */
  private int firstNotBelow(long bound) {
    int from = 0;
    int to = grams.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (grams[middle] < bound) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
