package dev.lockstep.statistics.comparison;

import dev.lockstep.statistics.Latency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer in both engines.
 *
 * @param periods how many are compared; 0 when none can be
 * @param rows empty when there are no periods
 * @param firstLatency how long after their events the first engine has sent its alerts; null if it
 *     does not say. Never judged: it depends on the machines
 * @param secondLatency the same of the second engine
 * @param unnamedRules whether rules beyond the bound of an engine are compared by their sum alone
 */
public record CustomerComparison(
    String customer,
    int periods,
    List<Row> rows,
    @Nullable Latency firstLatency,
    @Nullable Latency secondLatency,
    boolean unnamedRules) {

  public CustomerComparison {
    rows = List.copyOf(rows);
  }

  /** Returns whether anything differs beyond the tolerance. */
  public boolean differs() {
    return rows.stream().anyMatch(Row::differs);
  }
}
