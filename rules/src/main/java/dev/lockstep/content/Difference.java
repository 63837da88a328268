package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

/**
 * Something that a case expects and that is not so.
 *
 * @param what {@code match}, {@code rule}, or a key of {@code expect}; of a matched field {@code
 *     matched_fields.NAME}
 * @param sentence all of it for people, on one line
 */
public record Difference(String what, String expected, String actual, String sentence) {
  public Difference {
    requireNonNull(what, "what is null");
    requireNonNull(expected, "expected is null");
    requireNonNull(actual, "actual is null");
    requireNonNull(sentence, "sentence is null");
  }

  /** One whose sentence follows from the rest. */
  static Difference of(String what, String expected, String actual) {
    return new Difference(
        what, expected, actual, "%s: expected %s, was %s".formatted(what, expected, actual));
  }
}
