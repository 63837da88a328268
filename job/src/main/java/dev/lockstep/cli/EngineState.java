package dev.lockstep.cli;

import org.jspecify.annotations.Nullable;

/**
 * What an engine says of itself in {@code engine-status}. Whatever it does not say is null.
 *
 * @param inForceAt null also while the bundle is not in force on all subtasks
 * @param refused the last delivery, if it was refused as a whole
 */
record EngineState(
    String engine,
    @Nullable String updatedAt,
    @Nullable BundleState bundle,
    @Nullable String publishedAt,
    @Nullable String deliveredAt,
    @Nullable String inForceAt,
    @Nullable Long inForceSubtasks,
    @Nullable Long subtasks,
    @Nullable Long publicationMillis,
    Counts rules,
    @Nullable Refusal refused) {

  /** Numbers of rules. */
  record Counts(
      @Nullable Long inForce,
      @Nullable Long uncovered,
      @Nullable Long rejected,
      @Nullable Long quarantined) {}

  /** A delivery that was refused as a whole. */
  record Refusal(BundleState bundle, @Nullable String reason, @Nullable String at) {}

  static EngineState of(String engine, JsonFields json) {
    JsonFields found = json.object("bundle");
    JsonFields bundle = found == null ? JsonFields.NONE : found;
    JsonFields refused = json.object("refused");
    return new EngineState(
        engine,
        json.text("updated_at"),
        found == null ? null : BundleState.of(found),
        bundle.text("published_at"),
        bundle.text("delivered_at"),
        bundle.text("in_force_at"),
        bundle.number("in_force_subtasks"),
        bundle.number("subtasks"),
        bundle.number("publication_millis"),
        counts(json.object("rules")),
        refused == null
            ? null
            : new Refusal(BundleState.of(refused), refused.text("reason"), refused.text("at")));
  }

  /** An engine that says nothing of itself, but of its rules. */
  static EngineState silent(String engine) {
    return of(engine, JsonFields.NONE);
  }

  private static Counts counts(@Nullable JsonFields rules) {
    JsonFields json = rules == null ? JsonFields.NONE : rules;
    return new Counts(
        json.number("in_force"),
        json.number("uncovered"),
        json.number("rejected"),
        json.number("quarantined"));
  }

  /** Tells whether the bundle is in force on every subtask. */
  boolean isInForceEverywhere() {
    return inForceAt != null
        && (inForceSubtasks == null || subtasks == null || inForceSubtasks >= subtasks);
  }

  /** Tells whether the bundle, or a part of it, has a version that begins so. */
  boolean has(String version) {
    return bundle != null && bundle.isCalled(version);
  }

  /** Such as {@code on 3 of 4 subtasks}; empty if the engine does not say. */
  String subtasksInForce() {
    return inForceSubtasks == null || subtasks == null
        ? ""
        : "on %d of %s".formatted(inForceSubtasks, Amount.of(subtasks, "subtask"));
  }
}
