package dev.lockstep.program;

import java.util.Map;

/**
 * A node of a planned rule. Immutable; what it learns about an event it keeps in the frame.
 *
 * <p>IMPLEMENTATION NOTES: a class and not an interface, for a call of its methods, of which there
 * are dozens for each event, takes less time then.
 */
abstract class Predicate {

  abstract boolean test(EventFrame frame);

  /**
   * Adds the fields and values that made this predicate true, after {@link #test} has said so; the
   * first value of a field stays.
   */
  abstract void explain(EventFrame frame, Map<String, String> matchedFields);

  /** How much work {@link #test} is at most, as a rough guess for comparison. */
  double cost() {
    return 1;
  }

  /** What the index must suspect for this predicate to be true. */
  Necessity necessity() {
    return Necessity.NONE;
  }
}
