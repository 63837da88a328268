package dev.lockstep.program;

import java.util.Map;

/** True when the field is there, or is not, as expected; its value is not looked at. */
final class ExistsPredicate implements Predicate {
  private final FieldSlot field;
  private final boolean expected;

  ExistsPredicate(FieldSlot field, boolean expected) {
    this.field = field;
    this.expected = expected;
  }

  @Override
  public boolean test(EventFrame frame) {
    return frame.has(field) == expected;
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {
    for (SeenValue value : frame.valuesOf(field)) {
      matchedFields.putIfAbsent(field.name(), value.display());
    }
  }
}
