package dev.lockstep.job.state;

/** What the comparison of engines knows of an alert beside its copies. A Flink POJO. */
public final class ParityCase {
  /** Event time at which the verdict is due, or what is known is forgotten. */
  public long dueAtMillis;

  /** The same in processing time, for when event time stands still. */
  public long dueByMillis;

  /** Whether there was a verdict. */
  public boolean closed;

  /** Whether parity has sent it live. */
  public boolean rescued;

  /** Whether it came so late that another copy may have been forgotten before. */
  public boolean tooLate;

  /** The verdict; empty while there is none. */
  public String verdict = "";

  /** Whether it was noise. */
  public boolean noise;

  /** The engines that have the alert live by it, one a line. */
  public String live = "";

  public ParityCase() {}
}
