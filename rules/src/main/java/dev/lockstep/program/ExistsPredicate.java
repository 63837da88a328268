package dev.lockstep.program;

import java.util.Map;

/** True when the field is there, or is not, as expected; its value is not looked at. */
final class ExistsPredicate extends Predicate {
  private final FieldSlot field;
  private final boolean expected;

  ExistsPredicate(FieldSlot field, boolean expected) {
    this.field = field;
    this.expected = expected;
  }

  @Override
  boolean test(EventFrame frame) {
    return frame.has(field) == expected;
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {
    if (frame.countOf(field) > 0) {
      matchedFields.putIfAbsent(field.name(), frame.valueOf(field, 0).display());
    }
  }
}
