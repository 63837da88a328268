package dev.lockstep.connector.latest;

import java.io.IOException;
import java.time.Duration;

/** Something failed, and said how long it wants to be left alone. */
public final class TryLaterException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Duration after;

  public TryLaterException(String message, Duration after) {
    super(message);
    this.after = after;
  }

  Duration after() {
    return after;
  }
}
