package dev.lockstep.sigma;

import java.util.EnumMap;
import java.util.Map;

/**
 * How much one document asks for, counted while it is read, so that what is out of proportion is
 * refused before it is made: it would cost all others time and memory. The largest of SigmaHQ's
 * rules has 4,432 tests of 219,165 characters, and 510 characters of regular expressions.
 */
final class RuleSize {

  /** What is counted, and how much of it a document may have. */
  enum Measure {
    /** Values, with what placeholders and encodings make of them. */
    TESTS(50_000, "tests, with all that placeholders and encodings make of a value"),
    /** Of texts and expressions, with their variants. */
    CHARACTERS(2_000_000, "characters, with all that placeholders and encodings make of a value"),
    /** Of regular expressions, when counts are written out. */
    EXPRESSIONS(20_000, "characters of regular expressions, with counts written out"),
    /** Of conditions, and for each pattern all identifiers. */
    CONDITIONS(100_000, "characters of conditions, and identifiers that patterns look at");

    private final long max;
    private final String what;

    Measure(long max, String what) {
      this.max = max;
      this.what = what;
    }
  }

  private final Issues issues;
  private final Map<Measure, Long> counts = new EnumMap<>(Measure.class);
  private boolean exceeded;

  RuleSize(Issues issues) {
    this.issues = issues;
  }

  /** Tells whether so much more is within bounds; reports the first time that it is not. */
  boolean admits(Measure measure, Position position, long more) {
    long counted = counts.getOrDefault(measure, 0L);
    boolean admitted = more <= measure.max - counted;
    if (!admitted && !exceeded) {
      exceeded = true;
      // what placeholders multiply to may be all that a number can hold
      long sum = Math.max(more, counted + more);
      issues.report(
          position,
          "the document comes to %d %s; at most %d are allowed, so split it"
              .formatted(sum, measure.what, measure.max));
    }
    return admitted;
  }

  /** Counts what is made if it is within bounds, and tells whether it is. */
  boolean add(Measure measure, Position position, long more) {
    boolean admitted = admits(measure, position, more);
    if (admitted) {
      counts.merge(measure, more, Long::sum);
    }
    return admitted;
  }
}
