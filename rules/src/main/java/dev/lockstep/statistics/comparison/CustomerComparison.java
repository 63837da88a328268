package dev.lockstep.statistics.comparison;

import java.util.List;

/**
 * A customer in both engines.
 *
 * @param periods how many are compared; 0 when none can be
 * @param rows empty when there are no periods
 * @param unnamedRules whether rules beyond the bound of an engine are compared by their sum alone
 */
public record CustomerComparison(
    String customer, int periods, List<Row> rows, boolean unnamedRules) {

  public CustomerComparison {
    rows = List.copyOf(rows);
  }

  /** Returns whether anything differs beyond the tolerance. */
  public boolean differs() {
    return rows.stream().anyMatch(Row::differs);
  }
}
