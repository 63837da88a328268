package dev.lockstep.connector.latest;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions, long enough for a busy machine. */
public final class Await {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Await() {}

  /** Returns when the condition holds, or fails with what was awaited. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for: " + what);
      }
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for: " + what, e);
      }
    }
  }
}
