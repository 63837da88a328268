package dev.lockstep.connector.launchdarkly;

import java.io.IOException;

/** LaunchDarkly's REST API did not do what it was asked for. The message holds no secret. */
public final class FlagApiException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is to be done about it. */
  public enum Kind {
    /** Somebody must approve the change in LaunchDarkly. */
    APPROVAL_NEEDED,
    /** Something else was changed at the same time, or is about to be: look and ask again. */
    CONFLICT,
    /** The token, the project, the environment or the flag is not right. */
    REFUSED,
    /** It is not known whether the change was made: look before asking again. */
    UNKNOWN,
    /** Nothing was changed: ask again later. */
    LATER
  }

  private final Kind kind;

  FlagApiException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What is to be done about it. */
  public Kind kind() {
    return kind;
  }
}
