package dev.lockstep.connector.launchdarkly;

/** A change of flags that Lockstep does not propose, because it would not do what it is for. */
public final class FlagChangeRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  FlagChangeRefusedException(String reason) {
    super(reason);
  }

  /** Why, in words. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
