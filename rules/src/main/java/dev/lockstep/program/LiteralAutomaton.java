package dev.lockstep.program;

/**
 * Finds all of many class sequences in one pass over a text (Aho and Corasick's automaton, every
 * transition written out). Immutable.
 *
 * <p>IMPLEMENTATION NOTES: a step is one load from a table that is kept small, for it is the cache
 * that limits the speed: numbers of two bytes, rows of a power of two, the states nearest to the
 * root first. States in which a sequence ends have the last numbers, so that the usual step asks no
 * more than that.
 */
final class LiteralAutomaton {
  static final int ROW_BITS = 7;
  static final int MAX_STATES = Character.MAX_VALUE + 1;

  private final char[] table;
  private final int firstFinding;
  private final int[] findOf;
  private final int[] shorterFind;
  private final int[][] predicates;
  private final int firstFind;

  /**
   * @param firstFinding the first state in which a sequence ends
   * @param findOf by state from there on, the longest find that ends there
   * @param shorterFind by find, the next that ends at the same place, or -1
   * @param predicates by find, what may be true
   * @param firstFind where the finds of this automaton begin among those of the program
   */
  LiteralAutomaton(
      char[] table,
      int firstFinding,
      int[] findOf,
      int[] shorterFind,
      int[][] predicates,
      int firstFind) {
    this.table = table;
    this.firstFinding = firstFinding;
    this.findOf = findOf;
    this.shorterFind = shorterFind;
    this.predicates = predicates;
    this.firstFind = firstFind;
  }

  /** Tells the suspects of all that the text contains. */
  void scan(byte[] classes, int length, Suspects suspects) {
    int state = 0;
    for (int i = 0; i < length; i++) {
      state = table[state << ROW_BITS | classes[i]];
      if (state >= firstFinding) {
        found(findOf[state - firstFinding], suspects);
      }
    }
  }

  int findCount() {
    return predicates.length;
  }

  private void found(int longest, Suspects suspects) {
    for (int find = longest; find >= 0; find = shorterFind[find]) {
      if (!suspects.isFirst(firstFind + find)) {
        // what is shorter was told with it
        return;
      }
      suspects.addAll(predicates[find]);
    }
  }
}
