package dev.lockstep.program;

import java.util.Map;

/** A question that one value can answer with yes. */
interface ValuePredicate extends Predicate {

  /** Adds the value of this number, which makes the predicate true, unless its place has one. */
  void show(EventFrame frame, int value, Map<String, String> matchedFields);
}
