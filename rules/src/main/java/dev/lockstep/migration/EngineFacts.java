package dev.lockstep.migration;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says of itself. Whatever it does not say is null.
 *
 * @param engine its name
 * @param updatedAt when it said so last, on its clock
 * @param bundle version of the bundle that it has taken
 * @param bundleEverywhere whether that is in force on all of its subtasks
 * @param inForceSince when the bundle came into force, on the engine's clock
 * @param flags version of the newest flag set that it decides by
 * @param flagsEverywhere whether all of its subtasks do
 * @param behind how far its event time is behind the clock
 * @param notInForce how many rules are rejected or quarantined
 */
public record EngineFacts(
    String engine,
    @Nullable Instant updatedAt,
    @Nullable String bundle,
    boolean bundleEverywhere,
    @Nullable Instant inForceSince,
    @Nullable String flags,
    boolean flagsEverywhere,
    @Nullable Duration behind,
    long notInForce) {

  public EngineFacts {
    requireNonNull(engine, "engine is null");
  }

  /** An engine that says nothing. */
  public static EngineFacts silent(String engine) {
    return new EngineFacts(engine, null, null, false, null, null, false, null, 0);
  }
}
