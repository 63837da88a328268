package dev.lockstep.local.bench;

/**
 * One measured number.
 *
 * @param of what it was measured of, such as a load
 * @param name what it is, in words
 * @param unit in which {@code value} counts
 * @param better which way it should go
 */
public record Figure(String of, String name, String unit, long value, Better better) {

  /** Which way a number should go from one version to the next. */
  public enum Better {
    /** A larger one is better. */
    MORE,
    /** A smaller one is better. */
    LESS,
    /** It is told and not judged: it says what was done, or differs much from run to run. */
    TOLD
  }
}
