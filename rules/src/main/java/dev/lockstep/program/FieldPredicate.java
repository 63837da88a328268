package dev.lockstep.program;

import java.util.Map;

/** True when some value of the field passes the check; never when the field is absent. */
final class FieldPredicate extends ValuePredicate {
  private final FieldSlot field;
  private final ValueCheck check;
  private final int number;

  /**
   * @param number of the check in the program
   */
  FieldPredicate(FieldSlot field, ValueCheck check, int number) {
    this.field = field;
    this.check = check;
    this.number = number;
  }

  @Override
  boolean test(EventFrame frame) {
    for (int i = 0; i < frame.countOf(field); i++) {
      if (frame.valueOf(field, i).passes(check, number)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {
    for (int i = 0; i < frame.countOf(field); i++) {
      SeenValue value = frame.valueOf(field, i);
      if (value.passes(check, number)) {
        matchedFields.putIfAbsent(field.name(), value.display());
        return;
      }
    }
  }

  @Override
  double cost() {
    return check.cost();
  }

  @Override
  ValueCheck check() {
    return check;
  }

  @Override
  void show(EventFrame frame, int value, Map<String, String> matchedFields) {
    matchedFields.putIfAbsent(field.name(), frame.value(value).display());
  }
}
