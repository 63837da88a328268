package dev.lockstep.program;

import java.util.function.IntConsumer;

/**
 * A set of rules, which hands them out in order. Belongs to one thread.
 *
 * <p>IMPLEMENTATION NOTES: which words of the set are in use is known by a word of a second set, so
 * that a small set among very many rules takes little time.
 */
final class RuleMarks {
  private final long[] words;
  private final long[] wordsInUse;

  RuleMarks(int ruleCount) {
    this.words = new long[wordsFor(ruleCount)];
    this.wordsInUse = new long[wordsFor(words.length)];
  }

  void add(int rule) {
    int word = rule / Long.SIZE;
    words[word] |= 1L << rule;
    wordsInUse[word / Long.SIZE] |= 1L << word;
  }

  /** Hands over each rule once, in order; the set is empty then. */
  void drain(IntConsumer action) {
    for (int i = 0; i < wordsInUse.length; i++) {
      for (long left = wordsInUse[i]; left != 0; left &= left - 1) {
        drainWord(i * Long.SIZE + Long.numberOfTrailingZeros(left), action);
      }
      wordsInUse[i] = 0;
    }
  }

  private void drainWord(int word, IntConsumer action) {
    long rules = words[word];
    words[word] = 0;
    for (long left = rules; left != 0; left &= left - 1) {
      action.accept(word * Long.SIZE + Long.numberOfTrailingZeros(left));
    }
  }

  private static int wordsFor(int bits) {
    return (bits + Long.SIZE - 1) / Long.SIZE;
  }
}
