package dev.lockstep.cli;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertJson;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a backtest needs to know of an alert, of the candidates or of former times. */
record BacktestAlert(String id, String customer, String rule, String title, Instant occurredAt) {

  /** Returns empty if the bytes are no alert. */
  static Optional<BacktestAlert> read(byte @Nullable [] json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      Alert alert = AlertJson.read(json);
      return Optional.of(
          new BacktestAlert(
              alert.id(),
              alert.customer(),
              alert.rule().id(),
              alert.rule().title(),
              alert.occurredAt()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
