package dev.lockstep.connector.latest;

import java.io.Serializable;
import java.time.Duration;

/** How long to wait before something that failed is tried again: doubling, up to the longest. */
public record RetryDelays(Duration first, Duration longest) implements Serializable {

  public RetryDelays {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "retry delays must be positive and not shrink, were " + first + " to " + longest);
    }
  }

  /** The delay after this many failures in a row, at least one. */
  public Duration after(int failures) {
    Duration delay = first;
    for (int i = 1; i < failures && delay.compareTo(longest) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(longest) < 0 ? delay : longest;
  }
}
