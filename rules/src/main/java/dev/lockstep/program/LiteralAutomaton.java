package dev.lockstep.program;

/**
 * Finds all of many class sequences in one pass over a text (Aho and Corasick's automaton, every
 * transition written out). Immutable.
 *
 * <p>IMPLEMENTATION NOTES: a state is the offset of its row in the table, so that a step is one
 * load; a step into a state where a sequence ends is stored as the complement, so that the usual
 * step costs no more than a test of the sign.
 */
final class LiteralAutomaton {
  private final int[] table;
  private final int[] findOf;
  private final int[] shorterFind;
  private final int[][] predicates;
  private final int firstFind;

  /**
   * @param findOf by state, the find that ends there, of which there may be only a shorter one
   * @param shorterFind by find, the next that ends at the same place, or -1
   * @param predicates by find, what may be true
   * @param firstFind where the finds of this automaton begin among those of the program
   */
  LiteralAutomaton(
      int[] table, int[] findOf, int[] shorterFind, int[][] predicates, int firstFind) {
    this.table = table;
    this.findOf = findOf;
    this.shorterFind = shorterFind;
    this.predicates = predicates;
    this.firstFind = firstFind;
  }

  /** Tells the suspects of all that the text contains. */
  void scan(byte[] classes, int length, Suspects suspects) {
    int state = 0;
    for (int i = 0; i < length; i++) {
      state = table[state + classes[i]];
      if (state < 0) {
        state = ~state;
        found(findOf[state / CharacterClasses.COUNT], suspects);
      }
    }
  }

  int findCount() {
    return predicates.length;
  }

  int tableSize() {
    return table.length;
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
