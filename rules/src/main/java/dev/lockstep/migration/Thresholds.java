package dev.lockstep.migration;

import java.time.Duration;

/**
 * From when on a step counts as safe.
 *
 * @param comparisons how many alerts of the customer must have been compared before it goes live,
 *     and again after that before the old engine is retired
 * @param tolerance which share of these may differ, from 0 to 1
 * @param noise which share of alerts a control engine may have otherwise than the engine of its own
 *     version, from 0 to 1: with more, the comparison says little
 * @param behind how far an engine's event time may be behind the clock
 * @param silence how old what an engine says of itself may be
 * @param sameBundle whether both engines must hold the same rules
 */
public record Thresholds(
    long comparisons,
    double tolerance,
    double noise,
    Duration behind,
    Duration silence,
    boolean sameBundle) {

  /** A hundred alerts that all agree, and engines that keep up. */
  public static final Thresholds DEFAULT =
      new Thresholds(100, 0, 0.01, Duration.ofMinutes(5), Duration.ofMinutes(5), true);

  public Thresholds {
    if (comparisons < 0) {
      throw new IllegalArgumentException("comparisons must not be negative, was " + comparisons);
    }
    requireShare(tolerance, "tolerance");
    requireShare(noise, "noise");
  }

  private static void requireShare(double share, String name) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1, was " + share);
    }
  }
}
