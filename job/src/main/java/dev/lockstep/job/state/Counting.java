package dev.lockstep.job.state;

import java.io.Serializable;
import org.apache.flink.util.OutputTag;

/**
 * How an operator counts what it does for customers.
 *
 * @param tag the side output of what was counted
 * @param periodMillis length of a period of event time
 */
public record Counting(OutputTag<CustomerCounts> tag, long periodMillis) implements Serializable {

  /** Begins to count. */
  public Tally start() {
    return new Tally(periodMillis);
  }

  /** Sends what was counted since it was sent last. */
  public void tell(Tally tally, SideOutputs sideOutputs) {
    tally.tell(counts -> sideOutputs.emit(tag, counts));
  }

  /** Sends it if event time comes to a period, or if there is much. */
  public void tellAt(long watermarkMillis, Tally tally, SideOutputs sideOutputs) {
    tally.tellAt(watermarkMillis, counts -> sideOutputs.emit(tag, counts));
  }
}
