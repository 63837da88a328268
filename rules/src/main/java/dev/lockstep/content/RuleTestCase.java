package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

import dev.lockstep.sigma.Position;

/**
 * One event of a test file and the answer that is expected of its rules.
 *
 * @param name what the case shows, in a sentence
 * @param position where the case, or its event if it has several, stands in the test file
 * @param customer whose event it is
 * @param event the event as one JSON object
 * @param expected what the rules have to answer
 */
public record RuleTestCase(
    String name, Position position, String customer, String event, Expectation expected) {
  public RuleTestCase {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(customer, "customer is null");
    requireNonNull(event, "event is null");
    requireNonNull(expected, "expected is null");
  }
}
