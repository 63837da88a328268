package dev.lockstep.job.state;

import dev.lockstep.statistics.Counts;

/** What one subtask has counted of a customer and period since it told last. A Flink POJO. */
public final class CustomerCounts {

  /** Customer id; empty where nobody knows it. */
  public String customer = "";

  /** The first moment of the period, in event time. */
  public long fromMillis;

  /** As {@link Counts#encode} writes them. */
  public byte[] counts = {};

  public CustomerCounts() {}

  public CustomerCounts(String customer, long fromMillis, Counts counts) {
    this.customer = customer;
    this.fromMillis = fromMillis;
    this.counts = counts.encode();
  }

  /** The counts. */
  public Counts counts() {
    return Counts.decode(counts);
  }
}
