package dev.lockstep.local.bench;

/** How the share of the biggest customer is written. */
final class Skew {

  private static final int HUNDRED = 100;

  private Skew() {}

  /** For names of topics and engines. */
  static String suffix(double skew) {
    return skew == 0 ? "" : "-skew-" + Math.round(HUNDRED * skew);
  }

  /** For people. */
  static String words(double skew) {
    return skew == 0 ? "" : ", one customer has " + Math.round(HUNDRED * skew) + " %";
  }
}
