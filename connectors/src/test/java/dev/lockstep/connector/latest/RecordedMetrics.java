package dev.lockstep.connector.latest;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A reader's metrics, to be asked by name. */
final class RecordedMetrics extends UnregisteredMetricsGroup implements SourceReaderMetricGroup {

  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();

  @Override
  public <C extends Counter> C counter(String name, C counter) {
    counters.put(name, counter);
    return counter;
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    gauges.put(name, gauge);
    return gauge;
  }

  long valueOf(String name) {
    Counter counter = counters.get(name);
    return counter != null
        ? counter.getCount()
        : ((Number) Objects.requireNonNull(gauges.get(name), name).getValue()).longValue();
  }

  @Override
  public OperatorIOMetricGroup getIOMetricGroup() {
    return createOperatorIOMetricGroup();
  }

  @Override
  public Counter getNumRecordsInErrorsCounter() {
    return counter("numRecordsInErrors");
  }

  @Override
  public void setPendingBytesGauge(Gauge<Long> gauge) {
    // No source of one value has pending bytes.
  }

  @Override
  public void setPendingRecordsGauge(Gauge<Long> gauge) {
    // Nor records.
  }
}
