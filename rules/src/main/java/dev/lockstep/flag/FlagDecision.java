package dev.lockstep.flag;

import static java.util.Objects.requireNonNull;

/**
 * A flag's answer and why it is that.
 *
 * @param value what was decided
 * @param reason the evaluation reason in the flag system's words, for example {@code TARGET_MATCH},
 *     {@code FALLTHROUGH} or {@code ERROR(FLAG_NOT_FOUND)}; of few distinct values, so that it can
 *     label a metric
 */
public record FlagDecision<T>(T value, String reason) {
  public FlagDecision {
    requireNonNull(value, "value is null");
    requireNonNull(reason, "reason is null");
  }
}
