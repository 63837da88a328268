package dev.lockstep.program;

import dev.lockstep.event.ScalarKind;
import java.util.Map;

/** True when the field is absent or holds the JSON null. */
final class NullPredicate implements Predicate {
  private final FieldSlot field;

  NullPredicate(FieldSlot field) {
    this.field = field;
  }

  @Override
  public boolean test(EventFrame frame) {
    for (SeenValue value : frame.valuesOf(field)) {
      if (value.kind() == ScalarKind.NULL) {
        return true;
      }
    }
    return !frame.has(field);
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {}
}
