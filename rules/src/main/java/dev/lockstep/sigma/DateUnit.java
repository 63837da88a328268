package dev.lockstep.sigma;

/** The parts of a date that the time modifiers look at, each with the numbers it can have. */
public enum DateUnit {
  MINUTE(0, 59),
  HOUR(0, 23),
  /** Of the month. */
  DAY(1, 31),
  /** Of the week-based year of ISO 8601. */
  WEEK(1, 53),
  MONTH(1, 12),
  YEAR(1, 9999);

  private final int least;
  private final int greatest;

  DateUnit(int least, int greatest) {
    this.least = least;
    this.greatest = greatest;
  }

  public int least() {
    return least;
  }

  public int greatest() {
    return greatest;
  }
}
