package dev.lockstep.job.statistics;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.job.state.Tally;
import dev.lockstep.statistics.Counted;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts dead letters by customer, period and class, when they are written for the first time: how
 * often one is tried again depends on the clock. They go on before each checkpoint: there is no
 * state.
 */
final class CountLetters extends AbstractStreamOperator<CustomerCounts>
    implements OneInputStreamOperator<DeadLetterRecord, CustomerCounts> {

  private static final long serialVersionUID = 1L;

  private final long periodMillis;

  private transient @Nullable Tally tally;

  CountLetters(long periodMillis) {
    this.periodMillis = periodMillis;
  }

  @Override
  public void processElement(StreamRecord<DeadLetterRecord> element) {
    DeadLetterRecord letter = element.getValue();
    if (letter.command == null && letter.attempt == 0) {
      String customer = letter.customer == null ? "" : letter.customer;
      tally().add(customer, letter.timeMillis(), Counted.DEAD_LETTERS, letter.deadLetterClass, 1);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    tally().tellAt(mark.getTimestamp(), this::send);
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    tally().tell(this::send);
  }

  @Override
  public void finish() {
    tally().tell(this::send);
  }

  private void send(CustomerCounts counts) {
    output.collect(new StreamRecord<>(counts));
  }

  private Tally tally() {
    if (tally == null) {
      tally = new Tally(periodMillis);
    }
    return tally;
  }
}
