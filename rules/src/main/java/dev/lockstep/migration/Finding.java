package dev.lockstep.migration;

import static java.util.Objects.requireNonNull;

/**
 * Something that speaks about a step.
 *
 * @param kind what it is about
 * @param blocks whether the step is not safe for it
 * @param text in words, with the numbers
 */
public record Finding(Kind kind, boolean blocks, String text) {

  /** What a finding is about. */
  public enum Kind {
    /** The flags route the customer in a way that is no stage. */
    ROUTES,
    /** An engine says nothing, or nothing new. */
    SILENT,
    /** An engine is behind. */
    LAG,
    /** The engines hold different rules, or not everywhere. */
    BUNDLE,
    /** The engines decide by different flags, or not by the newest. */
    FLAGS,
    /** Rules are rejected or quarantined. */
    RULES,
    /** The engine has judged no event of the customer. */
    NO_EVENTS,
    /** Too few alerts were compared. */
    TOO_FEW,
    /** The engines do not agree. */
    PARITY,
    /** The comparison is too noisy. */
    NOISE
  }

  public Finding {
    requireNonNull(kind, "kind is null");
    requireNonNull(text, "text is null");
  }

  static Finding blocking(Kind kind, String text) {
    return new Finding(kind, true, text);
  }

  static Finding note(Kind kind, String text) {
    return new Finding(kind, false, text);
  }
}
