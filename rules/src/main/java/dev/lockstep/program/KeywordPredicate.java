package dev.lockstep.program;

import java.util.Map;

/** True when some string or number of the whole event passes the check. */
final class KeywordPredicate implements Predicate {
  private final ValueCheck check;

  KeywordPredicate(ValueCheck check) {
    this.check = check;
  }

  @Override
  public boolean test(EventFrame frame) {
    return firstMatch(frame) >= 0;
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {
    int match = firstMatch(frame);
    if (match >= 0) {
      matchedFields.putIfAbsent(frame.pathOfString(match), frame.strings().get(match).display());
    }
  }

  private int firstMatch(EventFrame frame) {
    for (int i = 0; i < frame.strings().size(); i++) {
      if (check.passes(frame.strings().get(i))) {
        return i;
      }
    }
    return -1;
  }
}
