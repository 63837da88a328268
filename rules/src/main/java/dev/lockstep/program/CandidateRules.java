package dev.lockstep.program;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Says which rules can be true, given what the index suspects. Immutable. */
final class CandidateRules {
  private final int[][] rulesOf;
  private final long[] always;

  /** Rules are known by their position. */
  CandidateRules(List<PlannedRule> rules, int predicateCount) {
    IntList[] byPredicate = new IntList[predicateCount];
    Arrays.setAll(byPredicate, i -> new IntList());
    this.always = new long[(rules.size() + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < rules.size(); i++) {
      int rule = i;
      Necessity necessity = rules.get(i).predicate().necessity();
      if (necessity.known()) {
        necessity.distinctPredicates().forEach(predicate -> byPredicate[predicate].add(rule));
      } else {
        mark(rule, always);
      }
    }
    this.rulesOf = Arrays.stream(byPredicate).map(IntList::toArray).toArray(int[][]::new);
  }

  /** As many words as {@link #forEach} needs to work with. */
  int words() {
    return always.length;
  }

  /** Hands over each candidate once, in order. */
  void forEach(IntList suspected, long[] marks, IntConsumer action) {
    System.arraycopy(always, 0, marks, 0, always.length);
    for (int i = 0; i < suspected.size(); i++) {
      for (int rule : rulesOf[suspected.get(i)]) {
        mark(rule, marks);
      }
    }
    for (int word = 0; word < marks.length; word++) {
      for (long left = marks[word]; left != 0; left &= left - 1) {
        action.accept(word * Long.SIZE + Long.numberOfTrailingZeros(left));
      }
    }
  }

  private static void mark(int rule, long[] marks) {
    marks[rule / Long.SIZE] |= 1L << rule;
  }
}
