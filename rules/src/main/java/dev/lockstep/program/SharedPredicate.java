package dev.lockstep.program;

import java.util.Map;

/**
 * A test that rules have in common; it is made once an event at most, and not at all when the index
 * does not suspect it.
 */
final class SharedPredicate implements Predicate {
  private final int index;
  private final Predicate test;
  private final Necessity necessity;

  SharedPredicate(int index, Predicate test, Necessity necessity) {
    this.index = index;
    this.test = test;
    this.necessity = necessity;
  }

  @Override
  public boolean test(EventFrame frame) {
    int verdict = frame.suspects().verdictOn(index);
    if (verdict == Suspects.UNKNOWN && necessity.known()) {
      return false;
    }
    if (verdict > Suspects.SUSPECTED) {
      return verdict == Suspects.TRUE;
    }
    boolean holds = test.test(frame);
    frame.suspects().settle(index, holds);
    return holds;
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {
    test.explain(frame, matchedFields);
  }

  @Override
  public Necessity necessity() {
    return necessity;
  }
}
