package dev.lockstep.cli;

import org.jspecify.annotations.Nullable;

/**
 * What an engine says of itself in {@code engine-status}. Whatever it does not say is null.
 *
 * @param inForceAt null also while the bundle is not in force on all subtasks
 * @param flags the flag set that decides, and on how many subtasks
 * @param watermark how far event time has come in all its stages
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
    @Nullable Flags flags,
    @Nullable String watermark,
    @Nullable Refusal refused) {

  /** Numbers of rules. */
  record Counts(
      @Nullable Long inForce,
      @Nullable Long uncovered,
      @Nullable Long rejected,
      @Nullable Long quarantined) {}

  /** A flag set, and where it decides. */
  record Flags(@Nullable String version, @Nullable Long inForceSubtasks, @Nullable Long subtasks) {

    /** Tells whether no subtask decides by another set. */
    boolean isInForceEverywhere() {
      return inForceSubtasks == null || subtasks == null || inForceSubtasks >= subtasks;
    }
  }

  /** A delivery that was refused as a whole. */
  record Refusal(BundleState bundle, @Nullable String reason, @Nullable String at) {}

  static EngineState of(String engine, JsonFields json) {
    JsonFields found = json.object("bundle");
    JsonFields bundle = found == null ? JsonFields.NONE : found;
    JsonFields refused = json.object("refused");
    JsonFields flags = json.object("flags");
    JsonFields eventTime = json.object("event_time");
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
        flags == null
            ? null
            : new Flags(
                flags.text("version"), flags.number("in_force_subtasks"), flags.number("subtasks")),
        eventTime == null ? null : eventTime.text("watermark"),
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
