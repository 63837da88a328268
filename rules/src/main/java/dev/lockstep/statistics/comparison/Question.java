package dev.lockstep.statistics.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compared, and how strictly.
 *
 * @param customers only these; empty for all
 * @param since only periods that begin then or later; null for all that are kept
 * @param until only periods that end then or earlier; null for all
 * @param tolerance share, 0 to 1, of what is counted that may differ
 * @param maxLag how many records an engine may be behind
 * @param maxApart how far one engine's event time may be behind the other's
 * @param now the moment of the question
 */
public record Question(
    Set<String> customers,
    @Nullable Instant since,
    @Nullable Instant until,
    double tolerance,
    long maxLag,
    Duration maxApart,
    Instant now) {

  public Question {
    customers = Set.copyOf(customers);
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new IllegalArgumentException("tolerance must be between 0 and 1, was " + tolerance);
    }
  }

  boolean isAbout(String customer) {
    return customers.isEmpty() || customers.contains(customer);
  }

  boolean isAbout(Instant from, Instant to) {
    return (since == null || !from.isBefore(since)) && (until == null || !to.isAfter(until));
  }
}
