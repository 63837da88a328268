package dev.lockstep.connector.launchdarkly;

/** Says why a set of flags must not come into force. */
public final class FlagSetRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  FlagSetRefusedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  FlagSetRefusedException(String what, Throwable cause) {
    super(what, cause);
    this.reason = what + ": " + cause.getMessage();
  }

  /** The reason, to be read in a log behind "Refused". */
  public String reason() {
    return reason;
  }
}
