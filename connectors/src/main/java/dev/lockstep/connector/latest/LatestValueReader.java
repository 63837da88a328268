package dev.lockstep.connector.latest;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Emits the newest value. A value that comes before the one ahead of it was emitted takes its
 * place, so back-pressure never makes a queue.
 */
final class LatestValueReader<T> implements SourceReader<T, LatestValueSplit> {

  private final LatestValueProducer<T> producer;
  private final Function<T, byte[]> encoder;
  private final Function<byte[], T> decoder;

  private boolean hasSplit;
  // The producer's threads offer, the task's thread takes: these three are guarded by this.
  private @Nullable T waiting;
  private @Nullable T newest;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  LatestValueReader(
      LatestValueProducer<T> producer, Function<T, byte[]> encoder, Function<byte[], T> decoder) {
    this.producer = producer;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  @Override
  public void start() {
    // The split starts the producer, as only the split knows the restored value.
  }

  @Override
  public void addSplits(List<LatestValueSplit> splits) {
    if (hasSplit || splits.size() != 1) {
      throw new IllegalStateException("a reader of one value must get one split, once");
    }
    hasSplit = true;
    byte[] state = splits.get(0).value();
    T restored = state == null ? null : decoder.apply(state);
    if (restored != null) {
      offer(restored);
    }
    producer.start(restored, this::offer);
  }

  private void offer(T value) {
    CompletableFuture<Void> awaited;
    synchronized (this) {
      waiting = value;
      newest = value;
      awaited = available;
    }
    awaited.complete(null);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) {
    T value;
    synchronized (this) {
      value = waiting;
      waiting = null;
      if (available.isDone()) {
        available = new CompletableFuture<>();
      }
    }
    if (value != null) {
      output.collect(value);
    }
    return InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public synchronized CompletableFuture<Void> isAvailable() {
    return available;
  }

  /** Keeps also a value that was not emitted yet: a restore emits it anyway. */
  @Override
  public synchronized List<LatestValueSplit> snapshotState(long checkpointId) {
    if (!hasSplit) {
      return List.of();
    }
    return List.of(new LatestValueSplit(newest == null ? null : encoder.apply(newest)));
  }

  @Override
  public void notifyNoMoreSplits() {
    // There is one split, and it never ends.
  }

  @Override
  public void close() {
    producer.close();
  }
}
