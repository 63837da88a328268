package dev.lockstep.program;

import java.util.Map;

/** True when some string or number of the whole event passes the check. */
final class KeywordPredicate extends ValuePredicate {
  private static final int NONE = -1;

  /** As a rough guess. */
  private static final int VALUES_OF_AN_EVENT = 10;

  private final ValueCheck check;
  private final int number;

  /**
   * @param number of the check in the program
   */
  KeywordPredicate(ValueCheck check, int number) {
    this.check = check;
    this.number = number;
  }

  @Override
  boolean test(EventFrame frame) {
    return firstMatch(frame) != NONE;
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {
    int match = firstMatch(frame);
    if (match != NONE) {
      show(frame, match, matchedFields);
    }
  }

  @Override
  double cost() {
    return VALUES_OF_AN_EVENT * check.cost();
  }

  @Override
  ValueCheck check() {
    return check;
  }

  @Override
  void show(EventFrame frame, int value, Map<String, String> matchedFields) {
    matchedFields.putIfAbsent(frame.pathOf(value), frame.value(value).display());
  }

  private int firstMatch(EventFrame frame) {
    IntList strings = frame.strings();
    for (int i = 0; i < strings.size(); i++) {
      if (frame.value(strings.get(i)).passes(check, number)) {
        return strings.get(i);
      }
    }
    return NONE;
  }
}
