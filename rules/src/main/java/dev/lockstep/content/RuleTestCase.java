package dev.lockstep.content;

import static java.util.Objects.requireNonNull;

import dev.lockstep.sigma.Position;
import java.util.List;
import java.util.Optional;

/**
 * One event or timeline of a test file and the answer that is expected of its rules.
 *
 * @param name what the case shows, in a sentence
 * @param position where the case, or its event if it has several, stands in the test file
 * @param customer whose events these are
 * @param events the one event, or those of the timeline in the order of time, each as one JSON
 *     object
 * @param expected what the rules have to answer; of a timeline only whether there are alerts
 * @param timeline the timeline, if this is one
 */
public record RuleTestCase(
    String name,
    Position position,
    String customer,
    List<String> events,
    Expectation expected,
    Optional<Timeline> timeline) {
  public RuleTestCase {
    requireNonNull(name, "name is null");
    requireNonNull(position, "position is null");
    requireNonNull(customer, "customer is null");
    requireNonNull(expected, "expected is null");
    events = List.copyOf(events);
  }
}
