package dev.lockstep.job.state;

/** What an engine has counted of a customer and period, as it lies in state. A Flink POJO. */
public final class KeptCounts {

  /** As {@link dev.lockstep.statistics.Counts#encode} writes them. */
  public byte[] counts = {};

  /** Whether there is anything that the topic does not have. */
  public boolean untold;

  /** Whether event time has passed the period, and what may come late. */
  public boolean complete;

  public KeptCounts() {}
}
