package dev.lockstep.index;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for conditions. */
final class Waiting {

  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 50;

  private Waiting() {}

  static void until(String condition, Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not within " + DEADLINE + ": " + condition);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
