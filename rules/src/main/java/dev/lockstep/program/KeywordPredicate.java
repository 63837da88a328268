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
    for (EventFrame.Located located : frame.everyString()) {
      if (check.passes(located.value())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {
    for (EventFrame.Located located : frame.everyString()) {
      if (check.passes(located.value())) {
        matchedFields.putIfAbsent(located.path(), located.value().display());
        return;
      }
    }
  }
}
