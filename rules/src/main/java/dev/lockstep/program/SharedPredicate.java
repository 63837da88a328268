package dev.lockstep.program;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question that rules have in common; it is put to an event once at most, and not at all when the
 * index does not suspect that the answer is yes, or knows that it is. Does not change once it is
 * bound.
 */
final class SharedPredicate extends Predicate {
  private static final double COST_OF_A_VERDICT = 1;

  private final int number;
  private final Necessity possibleNecessity;
  private boolean indexed;
  private boolean open = true;
  private @Nullable Predicate question;
  private @Nullable Predicate residue;

  /**
   * @param possibleNecessity what is necessary if the index looks for it
   */
  SharedPredicate(int number, Necessity possibleNecessity) {
    this.number = number;
    this.possibleNecessity = possibleNecessity;
    this.indexed = true;
  }

  /**
   * @param indexed whether the index looks for the answer
   * @param open whether the answer can be yes though the index does not suspect it
   * @param question is asked for the value to show; if the index knows all answers, only which
   *     place it is about matters
   * @param residue what the index leaves open, null if nothing
   */
  void bind(boolean indexed, boolean open, Predicate question, @Nullable Predicate residue) {
    this.indexed = indexed;
    this.open = open;
    this.question = question;
    this.residue = residue;
  }

  int number() {
    return number;
  }

  @Override
  boolean test(EventFrame frame) {
    int verdict = frame.suspects().verdictOn(number);
    if (verdict == Suspects.UNKNOWN && !open) {
      return false;
    }
    if (verdict > Suspects.SUSPECTED) {
      return verdict == Suspects.TRUE;
    }
    boolean holds = residue != null && residue.test(frame);
    frame.suspects().settle(number, holds);
    return holds;
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {
    if (residue == null && question instanceof ValuePredicate values) {
      values.show(frame, frame.suspects().evidenceOf(number), matchedFields);
    } else if (question != null) {
      question.explain(frame, matchedFields);
    }
  }

  @Override
  double cost() {
    return residue == null ? COST_OF_A_VERDICT : residue.cost();
  }

  @Override
  Necessity necessity() {
    return indexed ? possibleNecessity : Necessity.NONE;
  }
}
