package dev.lockstep.coverage;

/** How many parts of how many are exercised. */
public record Ratio(long exercised, long total) {

  /** In percent, 100 only if it is all of them; of nothing it is all. */
  public double percent() {
    return total == 0 ? 100 : Math.floor(1000.0 * exercised / total) / 10;
  }

  /** Tells whether it is at least so many percent. */
  public boolean isAtLeast(double percent) {
    return exercised * 100.0 >= percent * total;
  }
}
