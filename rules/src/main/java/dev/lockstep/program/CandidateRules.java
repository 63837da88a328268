package dev.lockstep.program;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Says which rules can be true, given what the index suspects. Immutable. */
final class CandidateRules {
  /** The rules of the first predicate, then those of the second, and so on. */
  private final int[] rules;

  /** By predicate where its rules begin; they end where those of the next do. */
  private final int[] firstOf;

  private final int[] always;

  /** Rules are known by their position. */
  CandidateRules(List<PlannedRule> planned, int predicateCount) {
    IntList[] byPredicate = new IntList[predicateCount];
    Arrays.setAll(byPredicate, i -> new IntList());
    IntList unconditional = new IntList();
    for (int i = 0; i < planned.size(); i++) {
      int rule = i;
      Necessity necessity = planned.get(i).predicate().necessity();
      if (necessity.known()) {
        necessity.distinctPredicates().forEach(predicate -> byPredicate[predicate].add(rule));
      } else {
        unconditional.add(rule);
      }
    }
    this.always = unconditional.toArray();
    IntList laidOut = new IntList();
    this.firstOf = new int[predicateCount + 1];
    for (int predicate = 0; predicate < predicateCount; predicate++) {
      firstOf[predicate] = laidOut.size();
      laidOut.addAll(byPredicate[predicate].toArray());
    }
    firstOf[predicateCount] = laidOut.size();
    this.rules = laidOut.toArray();
  }

  /** Hands over each candidate once, in order; the marks are empty before and after. */
  void forEach(IntList suspected, RuleMarks marks, IntConsumer action) {
    for (int rule : always) {
      marks.add(rule);
    }
    for (int i = 0; i < suspected.size(); i++) {
      int predicate = suspected.get(i);
      for (int j = firstOf[predicate]; j < firstOf[predicate + 1]; j++) {
        marks.add(rules[j]);
      }
    }
    marks.drain(action);
  }
}
