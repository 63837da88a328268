package dev.lockstep.program;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How common the grams of four bytes are among the texts of a program, which says how common they
 * will be in events: rules are about what is often seen.
 */
final class GramCounts {
  private final Map<Integer, Integer> counts = new HashMap<>();

  /** Counts each gram of the text once. */
  void add(byte[] text) {
    Set<Integer> grams = new HashSet<>();
    for (int at = 0; at + GramTable.MAX_WIDTH <= text.length; at++) {
      grams.add(GramTable.gramAt(text, at));
    }
    grams.forEach(gram -> counts.merge(gram, 1, Integer::sum));
  }

  /** Where in the text, which has four bytes at least, the gram begins that is the least common. */
  int rarestIn(byte[] text) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int at = 0; at + GramTable.MAX_WIDTH <= text.length; at++) {
      int count = counts.getOrDefault(GramTable.gramAt(text, at), 0);
      if (count < least) {
        least = count;
        best = at;
      }
    }
    return best;
  }
}
