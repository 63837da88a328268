package dev.lockstep.job.state;

import dev.lockstep.correlation.GroupKey;
import dev.lockstep.correlation.Occurrence;
import java.util.List;

/** Occurrences on their way to the group of a correlation that they are of. A Flink POJO. */
public final class GroupOccurrences {

  /** An encoded {@link GroupKey}. */
  public String group = "";

  /** Of the correlation: 1 if it is made of rules only. */
  public int stage;

  /** Of the rules that found them, in the control stream. */
  public long sequence;

  /** As {@link Occurrence#encode} writes them. */
  public byte[] occurrences = {};

  public GroupOccurrences() {}

  public GroupOccurrences(String group, int stage, long sequence, List<Occurrence> occurrences) {
    this.group = group;
    this.stage = stage;
    this.sequence = sequence;
    this.occurrences = Occurrence.encode(occurrences);
  }
}
