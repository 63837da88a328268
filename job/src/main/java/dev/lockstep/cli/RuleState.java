package dev.lockstep.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says of a rule in {@code rule-status}. Whatever it does not say is null.
 *
 * @param rule id of the rule; {@code filter:ID} and {@code file:PATH} for what else has a status
 * @param status such as {@code rejected}; of records that say none it is {@code unknown}
 * @param since when the status began
 * @param answeredAt when the engine has taken a release
 * @param reason why the rule is quarantined or capped
 * @param issues why it is rejected
 * @param omittedIssues how many more issues there are
 * @param previousInForce whether an earlier version of a rejected rule is in force
 */
record RuleState(
    String engine,
    String rule,
    String status,
    @Nullable String since,
    @Nullable String answeredAt,
    @Nullable String file,
    @Nullable String bundle,
    @Nullable String reason,
    List<String> issues,
    long omittedIssues,
    boolean previousInForce) {
  static final String REJECTED = "rejected";
  static final String RELEASED = "released";

  private static final Set<String> RELEASABLE = Set.of("quarantined", "capped");
  private static final Set<String> UNREMARKABLE = Set.of("accepted", "expired");

  RuleState {
    issues = List.copyOf(issues);
  }

  static RuleState of(String engine, String rule, JsonFields json) {
    String status = json.text("status");
    Long omitted = json.number("issues_omitted");
    return new RuleState(
        engine,
        rule,
        status == null ? "unknown" : status,
        json.text("since"),
        json.text("answered_at"),
        json.text("file"),
        json.text("bundle"),
        json.text("reason"),
        json.texts("issues"),
        omitted == null ? 0 : omitted,
        json.isTrue("previous_in_force"));
  }

  boolean isRejected() {
    return status.equals(REJECTED);
  }

  /** Tells whether somebody has released it, and the engine has not answered. */
  boolean isAwaitingRelease() {
    return status.equals(RELEASED) && answeredAt == null;
  }

  /** Tells whether someone can ask for its return into force. */
  boolean isReleasable() {
    return RELEASABLE.contains(status);
  }

  /** Tells whether people should hear of it without having asked for everything. */
  boolean isRemarkable() {
    return !UNREMARKABLE.contains(status);
  }
}
