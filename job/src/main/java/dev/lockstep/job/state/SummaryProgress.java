package dev.lockstep.job.state;

/** How far the summary of a customer and hour has come. A Flink POJO. */
public final class SummaryProgress {
  /** Customer id. */
  public String customer = "";

  /** Begin of the hour. */
  public long hourMillis;

  /** Tells it from an earlier summary of the same hour. */
  public long part;

  /** Number of the last record. */
  public long sequence;

  /** Whether counts have changed since. */
  public boolean changed;

  /** How many fields are counted by name. */
  public int fields;

  /** Event time at which it is forgotten. */
  public long untilMillis;

  /** The same in processing time. */
  public long untilByMillis;

  public SummaryProgress() {}
}
