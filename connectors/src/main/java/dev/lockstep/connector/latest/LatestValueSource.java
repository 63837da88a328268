package dev.lockstep.connector.latest;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * An endless source of one value: emits it whole whenever it changes, and after a restore emits the
 * checkpointed one first, before anything outside is asked.
 *
 * <p>It must run at parallelism 1 and needs a watermark strategy that never holds back event time,
 * for example a generator that marks itself idle: a source that is silent for days would otherwise
 * stop every timer behind it.
 */
public abstract class LatestValueSource<T> implements Source<T, LatestValueSplit, Boolean> {

  private static final long serialVersionUID = 1L;

  /** Creates the producer on the task; it must not reach outside before it is started. */
  protected abstract LatestValueProducer<T> createProducer(SourceReaderMetricGroup metrics);

  /** Turns a value into what a checkpoint keeps. */
  protected abstract byte[] encode(T value);

  /** Reads what {@link #encode} made, in this version or an earlier one. */
  protected abstract T decode(byte[] encoded);

  @Override
  public final Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public final SourceReader<T, LatestValueSplit> createReader(SourceReaderContext context) {
    return new LatestValueReader<>(
        createProducer(context.metricGroup()), this::encode, this::decode);
  }

  @Override
  public final SplitEnumerator<LatestValueSplit, Boolean> createEnumerator(
      SplitEnumeratorContext<LatestValueSplit> context) {
    return new LatestValueEnumerator(context, false);
  }

  @Override
  public final SplitEnumerator<LatestValueSplit, Boolean> restoreEnumerator(
      SplitEnumeratorContext<LatestValueSplit> context, Boolean assigned) {
    return new LatestValueEnumerator(context, assigned);
  }

  @Override
  public final SimpleVersionedSerializer<LatestValueSplit> getSplitSerializer() {
    return new LatestValueSplitSerializer();
  }

  @Override
  public final SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
    return new AssignmentSerializer();
  }
}
