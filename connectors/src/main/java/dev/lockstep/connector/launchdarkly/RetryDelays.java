package dev.lockstep.connector.launchdarkly;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long to wait before a client that has given up is replaced: doubling from the first to the
 * longest.
 */
record RetryDelays(Duration first, Duration longest) implements Serializable {

  /** Slow, as the reason is a key that someone must replace. */
  static final RetryDelays DEFAULT = new RetryDelays(Duration.ofSeconds(10), Duration.ofMinutes(5));

  RetryDelays {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "retry delays must be positive and not shrink, were " + first + " to " + longest);
    }
  }

  /** The delay after this many failures in a row, at least one. */
  Duration after(int failures) {
    Duration delay = first;
    for (int i = 1; i < failures && delay.compareTo(longest) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(longest) < 0 ? delay : longest;
  }
}
