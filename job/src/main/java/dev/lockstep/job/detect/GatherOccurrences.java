package dev.lockstep.job.detect;

import dev.lockstep.job.state.GroupOccurrences;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Puts the occurrences of a group together, before they travel to it, so that a group with most of
 * the traffic is one record, one timer and one access to state for many events. They would wait for
 * event time anyway, and go on before it does and before a checkpoint: there is no state.
 */
final class GatherOccurrences extends AbstractStreamOperator<GroupOccurrences>
    implements OneInputStreamOperator<GroupOccurrences, GroupOccurrences>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  /** So many occurrences are kept at once, and so many bytes of a group. */
  private static final int MAX_RECORDS = 10_000;

  private static final int MAX_BYTES = 256 * 1024;

  private final int stage;

  /** Empty when the operator travels. */
  private final Map<String, Gathered> groups = new LinkedHashMap<>();

  private transient int records;

  /**
   * @param stage of the correlations whose occurrences are meant; those of others are dropped
   */
  GatherOccurrences(int stage) {
    this.stage = stage;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  @Override
  public void processElement(StreamRecord<GroupOccurrences> element) {
    GroupOccurrences record = element.getValue();
    if (record.stage != stage) {
      return;
    }
    Gathered gathered = groups.computeIfAbsent(record.group, key -> new Gathered());
    gathered.sequence = Math.max(gathered.sequence, record.sequence);
    gathered.bytes.writeBytes(record.occurrences);
    records++;
    if (records >= MAX_RECORDS || gathered.bytes.size() >= MAX_BYTES) {
      flush();
    }
  }

  private void flush() {
    groups.forEach((group, gathered) -> output.collect(new StreamRecord<>(gathered.of(group))));
    groups.clear();
    records = 0;
  }

  private final class Gathered {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private long sequence;

    GroupOccurrences of(String group) {
      GroupOccurrences all = new GroupOccurrences();
      all.group = group;
      all.stage = stage;
      all.sequence = sequence;
      all.occurrences = bytes.toByteArray();
      return all;
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }
}
