package dev.lockstep.program;

import dev.lockstep.event.ScalarKind;
import java.util.Map;

/** True when the field is absent or holds the JSON null. */
final class NullPredicate extends Predicate {
  private final FieldSlot field;

  NullPredicate(FieldSlot field) {
    this.field = field;
  }

  @Override
  boolean test(EventFrame frame) {
    for (int i = 0; i < frame.countOf(field); i++) {
      if (frame.valueOf(field, i).kind() == ScalarKind.NULL) {
        return true;
      }
    }
    return !frame.has(field);
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {}
}
