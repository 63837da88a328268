package dev.lockstep.statistics;

import java.time.Instant;

/**
 * What an engine did for a customer in a period of event time.
 *
 * @param customer empty for dead letters of which nobody knows whose they are
 * @param from the first moment of the period
 * @param to the first moment after it
 * @param complete whether event time has passed the period, and what may come late: what is counted
 *     after that came later still
 * @param updatedAt when the engine wrote it, on its clock
 */
public record CustomerStatistics(
    String engine,
    String customer,
    Instant from,
    Instant to,
    boolean complete,
    Instant updatedAt,
    Counts counts) {

  public CustomerStatistics {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a period must end after it begins, was " + from);
    }
  }

  /** Returns the key of its record. */
  public StatisticsKey key() {
    return new StatisticsKey(engine, customer, from);
  }
}
