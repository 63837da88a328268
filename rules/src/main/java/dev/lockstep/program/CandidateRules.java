package dev.lockstep.program;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Says which rules can be true, given what the index suspects. Immutable. */
final class CandidateRules {
  private final int[][] rulesOf;
  private final int[] always;

  /** Rules are known by their position. */
  CandidateRules(List<PlannedRule> rules, int predicateCount) {
    IntList[] byPredicate = new IntList[predicateCount];
    Arrays.setAll(byPredicate, i -> new IntList());
    IntList unconditional = new IntList();
    for (int i = 0; i < rules.size(); i++) {
      int rule = i;
      Necessity necessity = rules.get(i).predicate().necessity();
      if (necessity.known()) {
        necessity.distinctPredicates().forEach(predicate -> byPredicate[predicate].add(rule));
      } else {
        unconditional.add(rule);
      }
    }
    this.always = unconditional.toArray();
    this.rulesOf = Arrays.stream(byPredicate).map(IntList::toArray).toArray(int[][]::new);
  }

  /** Hands over each candidate once, in order; the marks are empty before and after. */
  void forEach(IntList suspected, RuleMarks marks, IntConsumer action) {
    for (int rule : always) {
      marks.add(rule);
    }
    for (int i = 0; i < suspected.size(); i++) {
      for (int rule : rulesOf[suspected.get(i)]) {
        marks.add(rule);
      }
    }
    marks.drain(action);
  }
}
