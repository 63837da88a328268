package dev.lockstep.flag;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A flag's answer with what led to it.
 *
 * @param flag the flag's key, or the name of what decides in its place
 * @param flagVersion the flag's version at LaunchDarkly; null where it has none that counts, as in
 *     files
 * @param decision what the engine makes of the answer, with the reason as metrics and alerts have
 *     it
 * @param given what the flag gives, as JSON; null when it gives nothing
 * @param reason what led to it
 * @param eventParts the parts of the flag that were looked at and ask for the event, in words: if
 *     there are any, the answer differs from event to event, or may
 */
public record FlagExplanation<T>(
    String flag,
    @Nullable Integer flagVersion,
    FlagDecision<T> decision,
    @Nullable String given,
    FlagReason reason,
    List<String> eventParts) {
  public FlagExplanation {
    requireNonNull(flag, "flag is null");
    requireNonNull(decision, "decision is null");
    requireNonNull(reason, "reason is null");
    eventParts = List.copyOf(eventParts);
  }
}
