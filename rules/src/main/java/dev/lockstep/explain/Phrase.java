package dev.lockstep.explain;

/**
 * A test in words, such as {@code ends with} and {@code '\cmd.exe'}; a test that says all in its
 * verb, such as {@code exists}, has an empty object.
 */
public record Phrase(String verb, String object) {

  @Override
  public String toString() {
    return object.isEmpty() ? verb : verb + " " + object;
  }
}
