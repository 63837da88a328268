package dev.lockstep.job.state;

/** What became of an alert, or of others, for as long as it may matter. A Flink POJO. */
public final class RememberedVerdict {
  /** The verdict that was given. */
  public String verdict = "";

  /** Whether it was noise. */
  public boolean noise;

  /** The engines that had the alert live by it, one a line. */
  public String live = "";

  /** Version of the flag set of the copy. */
  public String flags = "";

  /** Event time of the alert. */
  public long occurredAtMillis;

  /** Event time at which it is forgotten. */
  public long untilMillis;

  /** The same in processing time. */
  public long untilByMillis;

  public RememberedVerdict() {}
}
