package dev.lockstep.cli;

/** Numbers of things in sentences. */
final class Amount {
  private Amount() {}

  /** Such as {@code 1 rule} and {@code 2 rules}. */
  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
