package dev.lockstep.program;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of one value: whether it passes some of the tests. A list of values in a rule is
 * one question, as is a single value.
 *
 * @param field whose values are asked, or null for keywords, which ask all values of the event
 */
record Question(@Nullable String field, List<ValueTest> tests) {
  /** So many tests of a value are soon made, once a rule wants to know. */
  private static final int MAX_ASKED = 4;

  Question {
    tests = List.copyOf(tests);
  }

  /** Returns the one question that all parts of an {@code or} are, if they are one. */
  static Optional<Question> ofAny(List<Detection> parts) {
    List<ValueTest> tests = new ArrayList<>();
    String field = null;
    for (int i = 0; i < parts.size(); i++) {
      Question part = of(parts.get(i));
      boolean same = part != null && (i == 0 || sameField(field, part.field));
      if (part == null || !same || !part.isOfValues()) {
        return Optional.empty();
      }
      field = part.field;
      tests.addAll(part.tests);
    }
    return tests.isEmpty() ? Optional.empty() : Optional.of(new Question(field, tests));
  }

  /**
   * Whether an index answers for less than it costs to ask: of many tests, of all values of an
   * event, and of numbers, which are looked up at once.
   */
  boolean isBetterIndexed() {
    return field == null
        || tests.size() > MAX_ASKED
        || tests.stream().allMatch(ValueTest.EqualNumber.class::isInstance);
  }

  private static @Nullable Question of(Detection part) {
    if (part instanceof Detection.Field field) {
      return new Question(field.field(), List.of(field.test()));
    }
    return part instanceof Detection.Keyword keyword
        ? new Question(null, List.of(keyword.test()))
        : null;
  }

  /** Tests of the field as such, or of two fields, are asked one by one. */
  private boolean isOfValues() {
    return tests.stream()
        .noneMatch(
            test ->
                test instanceof ValueTest.IsNull
                    || test instanceof ValueTest.Exists
                    || test instanceof ValueTest.SameAs);
  }

  private static boolean sameField(@Nullable String field, @Nullable String other) {
    return field == null ? other == null : field.equals(other);
  }
}
