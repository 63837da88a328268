package dev.lockstep.program;

import dev.lockstep.event.FieldValue;
import dev.lockstep.sigma.ValueTest.SameAs;
import java.math.BigDecimal;
import java.util.Optional;

/** Compares a value of one field with a value of another one. Immutable. */
final class SameAsCheck {
  private final SameAs test;

  SameAsCheck(SameAs test) {
    this.test = test;
  }

  boolean passes(SeenValue value, SeenValue other) {
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
