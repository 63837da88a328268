package dev.lockstep.job.metrics;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * An operator's metrics, to be asked by {@code label=value/name}. Refuses to register one twice.
 */
public final class RecordedMetrics extends UnregisteredMetricsGroup implements OperatorMetricGroup {

  private final String scope;
  private final Map<String, Metric> metrics;

  public RecordedMetrics() {
    this("", new HashMap<>());
  }

  private RecordedMetrics(String scope, Map<String, Metric> metrics) {
    this.scope = scope;
    this.metrics = metrics;
  }

  /** What the counter has counted, 0 when there is none. The engine is left out of the path. */
  public long count(String path) {
    Metric counter = metrics.get(path);
    return counter == null ? 0 : ((Counter) counter).getCount();
  }

  /** What the gauge shows. */
  public Object gauge(String path) {
    return ((Gauge<?>) requireNonNull(metrics.get(path), path)).getValue();
  }

  /** Number of all metrics of that name. */
  public long number(String name) {
    return metrics.keySet().stream().filter(path -> path.endsWith("/" + name)).count();
  }

  @Override
  public MetricGroup addGroup(String label, String value) {
    String inner = label.equals("engine") ? scope : scope + label + "=" + value + "/";
    return new RecordedMetrics(inner, metrics);
  }

  @Override
  public <C extends Counter> C counter(String name, C counter) {
    register(name, counter);
    return counter;
  }

  @Override
  public Counter counter(String name) {
    Counter counter = super.counter(name);
    register(name, counter);
    return counter;
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    register(name, gauge);
    return gauge;
  }

  /** The largest of what the histogram has seen. */
  public long largest(String path) {
    return ((Histogram) requireNonNull(metrics.get(path), path)).getStatistics().getMax();
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    register(name, histogram);
    return histogram;
  }

  private void register(String name, Metric metric) {
    if (metrics.put(scope + name, metric) != null) {
      throw new AssertionError(scope + name + " is registered twice");
    }
  }

  @Override
  public OperatorIOMetricGroup getIOMetricGroup() {
    return createOperatorIOMetricGroup();
  }
}
