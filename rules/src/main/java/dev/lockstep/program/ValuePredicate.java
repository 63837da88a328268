package dev.lockstep.program;

import java.util.Map;

/** A question that one value can answer with yes. */
abstract class ValuePredicate extends Predicate {

  /** What one value must pass. */
  abstract ValueCheck check();

  /** Adds the value of this number, which makes the predicate true, unless its place has one. */
  abstract void show(EventFrame frame, int value, Map<String, String> matchedFields);
}
