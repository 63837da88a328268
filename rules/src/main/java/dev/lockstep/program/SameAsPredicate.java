package dev.lockstep.program;

import dev.lockstep.event.FieldValue;
import dev.lockstep.sigma.ValueTest.SameAs;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** True when some value of a field stands in a relation to some value of another one. */
final class SameAsPredicate implements Predicate {
  private final FieldSlot field;
  private final SameAs test;
  private final FieldSlot other;

  SameAsPredicate(FieldSlot field, SameAs test, FieldSlot other) {
    this.field = field;
    this.test = test;
    this.other = other;
  }

  @Override
  public boolean test(EventFrame frame) {
    return firstMatch(frame) != null;
  }

  @Override
  public void explain(EventFrame frame, Map<String, String> matchedFields) {
    SeenValue value = firstMatch(frame);
    if (value != null) {
      matchedFields.putIfAbsent(field.name(), value.display());
    }
  }

  private @Nullable SeenValue firstMatch(EventFrame frame) {
    for (SeenValue value : frame.valuesOf(field)) {
      for (SeenValue reference : frame.valuesOf(other)) {
        if (related(value, reference)) {
          return value;
        }
      }
    }
    return null;
  }

  private boolean related(SeenValue value, SeenValue other) {
    String left = test.cased() ? value.text() : value.folded();
    String right = test.cased() ? other.text() : other.folded();
    if (left == null || right == null) {
      return false;
    }
    return switch (test.relation()) {
      case EQUAL -> left.equals(right) || sameNumber(value, other);
      case CONTAINS -> left.contains(right);
      case STARTS_WITH -> left.startsWith(right);
      case ENDS_WITH -> left.endsWith(right);
    };
  }

  /** Two texts stay texts: only where one side is a number, 1 and 1.0 are the same. */
  private static boolean sameNumber(SeenValue value, SeenValue other) {
    if (!(value.value() instanceof FieldValue.Numeric)
        && !(other.value() instanceof FieldValue.Numeric)) {
      return false;
    }
    Optional<BigDecimal> left = value.value().asNumber();
    Optional<BigDecimal> right = other.value().asNumber();
    return left.isPresent() && right.isPresent() && left.get().compareTo(right.get()) == 0;
  }
}
