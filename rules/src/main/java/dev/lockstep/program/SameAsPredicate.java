package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest.SameAs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** True when some value of a field stands in a relation to some value of another one. */
final class SameAsPredicate extends Predicate {
  private final FieldSlot field;
  private final SameAsCheck check;
  private final FieldSlot other;

  SameAsPredicate(FieldSlot field, SameAs test, FieldSlot other) {
    this.field = field;
    this.check = new SameAsCheck(test);
    this.other = other;
  }

  @Override
  boolean test(EventFrame frame) {
    return firstMatch(frame) != null;
  }

  @Override
  void explain(EventFrame frame, Map<String, String> matchedFields) {
    SeenValue value = firstMatch(frame);
    if (value != null) {
      matchedFields.putIfAbsent(field.name(), value.display());
    }
  }

  private @Nullable SeenValue firstMatch(EventFrame frame) {
    for (int i = 0; i < frame.countOf(field); i++) {
      SeenValue value = frame.valueOf(field, i);
      for (int j = 0; j < frame.countOf(other); j++) {
        if (check.passes(value, frame.valueOf(other, j))) {
          return value;
        }
      }
    }
    return null;
  }
}
