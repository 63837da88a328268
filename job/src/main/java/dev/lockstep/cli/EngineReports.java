package dev.lockstep.cli;

import dev.lockstep.statistics.comparison.EngineReport;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the topics say of an engine, as it is compared. */
final class EngineReports {
  private EngineReports() {}

  /**
   * Returns the report of an engine, which says nothing if the engine has no status.
   *
   * @param recordsBehind null if it is not known
   */
  static EngineReport of(StatusLedger ledger, String engine, @Nullable Long recordsBehind) {
    EngineState state =
        ledger.reporting(engine).stream().findFirst().orElse(EngineState.silent(engine));
    EngineState.Flags flags = state.flags();
    return new EngineReport(
        engine,
        time(state.updatedAt()),
        state.bundle() == null ? null : state.bundle().version(),
        state.isInForceEverywhere(),
        flags == null ? null : flags.version(),
        flags == null || flags.isInForceEverywhere(),
        time(state.watermark()),
        recordsBehind,
        ledger.statisticsOf(engine));
  }

  /** What is no time says nothing. */
  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
