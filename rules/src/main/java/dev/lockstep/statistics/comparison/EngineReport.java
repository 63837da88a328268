package dev.lockstep.statistics.comparison;

import dev.lockstep.statistics.CustomerStatistics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one engine says of itself. What it does not say is null.
 *
 * @param updatedAt when it said so last; null for one that never did
 * @param bundle version of the bundle that it accepted last
 * @param bundleEverywhere whether that is in force on all subtasks
 * @param flags version of the newest flag set that any subtask decides by
 * @param flagsEverywhere whether all do
 * @param watermark how far event time has come in all its stages
 * @param recordsBehind how many records of the topic of events no checkpoint covers; null if nobody
 *     knows
 * @param statistics of all customers and periods that it keeps
 */
public record EngineReport(
    String engine,
    @Nullable Instant updatedAt,
    @Nullable String bundle,
    boolean bundleEverywhere,
    @Nullable String flags,
    boolean flagsEverywhere,
    @Nullable Instant watermark,
    @Nullable Long recordsBehind,
    List<CustomerStatistics> statistics) {

  public EngineReport {
    statistics = List.copyOf(statistics);
  }
}
