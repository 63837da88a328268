package dev.lockstep.program;

import java.util.Map;

/** True when some value of the field passes the check; never when the field is absent. */
final class FieldPredicate implements ValuePredicate {
  private final FieldSlot field;
  private final ValueCheck check;

  FieldPredicate(FieldSlot field, ValueCheck check) {
    this.field = field;
    this.check = check;
  }

  @Override
  public boolean test(EventFrame frame) {
    for (SeenValue value : frame.valuesOf(field)) {
      if (check.passes(value)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {
    for (SeenValue value : frame.valuesOf(field)) {
      if (check.passes(value)) {
        matchedFields.putIfAbsent(field.name(), value.display());
        return;
      }
    }
  }

  @Override
  public double cost() {
    return check.cost();
  }

  @Override
  public void show(EventFrame frame, int value, Map<String, String> matchedFields) {
    matchedFields.putIfAbsent(field.name(), frame.value(value).display());
  }
}
