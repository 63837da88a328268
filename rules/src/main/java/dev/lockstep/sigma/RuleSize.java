package dev.lockstep.sigma;

/**
 * How much one document asks for, counted while it is read, so that what is out of proportion is
 * refused before it is made.
 */
final class RuleSize {
  private static final long MAX_TESTS = 50_000;
  private static final long MAX_CHARACTERS = 2_000_000;

  private final Issues issues;
  private long tests;
  private long characters;
  private boolean exceeded;

  RuleSize(Issues issues) {
    this.issues = issues;
  }

  /** Tells whether so much more is within bounds; reports the first time that it is not. */
  boolean admits(Position position, long moreTests, long moreCharacters) {
    if (tests + moreTests > MAX_TESTS) {
      report(
          position,
          "the values come to %d tests with all their variants, at most %d are allowed"
              .formatted(tests + moreTests, MAX_TESTS));
      return false;
    }
    if (characters + moreCharacters > MAX_CHARACTERS) {
      report(
          position,
          "the values come to %d characters with all their variants, at most %d are allowed"
              .formatted(characters + moreCharacters, MAX_CHARACTERS));
      return false;
    }
    return true;
  }

  /** Counts what has been admitted and made. */
  void add(long moreTests, long moreCharacters) {
    tests += moreTests;
    characters += moreCharacters;
  }

  private void report(Position position, String message) {
    if (!exceeded) {
      issues.report(position, message + "; split the document");
    }
    exceeded = true;
  }
}
