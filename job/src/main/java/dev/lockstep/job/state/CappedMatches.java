package dev.lockstep.job.state;

import dev.lockstep.connector.wire.AlertRecord;

/** The matches of one rule in one minute that are over its budget. A Flink POJO. */
public final class CappedMatches {

  /** The alert of the first of them, which is sent for all. */
  public AlertRecord first = new AlertRecord();

  /** How many there are beside the first. */
  public long others;

  public CappedMatches() {}

  public CappedMatches(AlertRecord first) {
    this.first = first;
  }
}
