package dev.lockstep.connector.latest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/** A source's reader that runs as on a task; the test's thread is the task's thread. */
public final class RunningReader<T> implements AutoCloseable {

  private final LatestValueSource<T> source;
  private final RecordedMetrics metrics = new RecordedMetrics();
  private final SourceReader<T, LatestValueSplit> reader;
  private final Queue<T> emitted = new ArrayDeque<>();

  private RunningReader(LatestValueSource<T> source, LatestValueSplit split) {
    this.source = source;
    this.reader = source.createReader(new TaskContext());
    reader.start();
    reader.addSplits(List.of(split));
  }

  /** Starts as a new job does. */
  public static <T> RunningReader<T> start(LatestValueSource<T> source) {
    return new RunningReader<>(source, new LatestValueSplit(null));
  }

  /** Starts from what {@link #checkpoint} returned. */
  public static <T> RunningReader<T> restore(LatestValueSource<T> source, byte[] checkpoint)
      throws IOException {
    return new RunningReader<>(source, source.getSplitSerializer().deserialize(1, checkpoint));
  }

  /** Waits for the next record. */
  public T next() {
    Await.until("a record", () -> poll() != null);
    return emitted.remove();
  }

  /** Returns a record that is there already, or null. */
  public @Nullable T poll() {
    if (emitted.isEmpty() && reader.isAvailable().isDone()) {
      try {
        reader.pollNext(new Output());
      } catch (Exception e) {
        throw new AssertionError("polling failed", e);
      }
    }
    return emitted.peek();
  }

  /** Returns the serialized state of the split. */
  public byte[] checkpoint() throws IOException {
    return source.getSplitSerializer().serialize(reader.snapshotState(1).get(0));
  }

  /** Returns a counter's or a gauge's value. */
  public long metric(String name) {
    return metrics.valueOf(name);
  }

  /** Waits until a metric is at least this. */
  public void awaitMetric(String name, long value) {
    Await.until(name + " >= " + value, () -> metric(name) >= value);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }

  private final class Output implements ReaderOutput<T> {
    @Override
    public void collect(T value) {
      emitted.add(value);
    }

    @Override
    public void collect(T value, long timestamp) {
      throw new UnsupportedOperationException("values have no timestamp");
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new UnsupportedOperationException("the watermark strategy is the caller's");
    }

    @Override
    public void markIdle() {
      throw new UnsupportedOperationException("the watermark strategy is the caller's");
    }

    @Override
    public void markActive() {
      throw new UnsupportedOperationException("the watermark strategy is the caller's");
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      // There is one output.
    }
  }

  private final class TaskContext implements SourceReaderContext {
    @Override
    public SourceReaderMetricGroup metricGroup() {
      return metrics;
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
      return 0;
    }

    @Override
    public void sendSplitRequest() {
      throw new UnsupportedOperationException("the split comes unasked");
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
      throw new UnsupportedOperationException("there are no source events");
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new UnsupportedOperationException("the thread has the class loader");
    }
  }
}
