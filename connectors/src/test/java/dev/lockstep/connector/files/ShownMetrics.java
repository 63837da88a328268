package dev.lockstep.connector.files;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Metrics as they are registered, to be asked by name and by the values of their labels. */
final class ShownMetrics extends UnregisteredMetricsGroup {

  private final String labels;
  private final Map<String, Supplier<Number>> metrics;

  ShownMetrics() {
    this("", new TreeMap<>());
  }

  private ShownMetrics(String labels, Map<String, Supplier<Number>> metrics) {
    this.labels = labels;
    this.metrics = metrics;
  }

  @Override
  public Counter counter(String name) {
    Counter counter = new SimpleCounter();
    register(name, counter::getCount);
    return counter;
  }

  @Override
  public <C extends Counter> C counter(String name, C counter) {
    register(name, counter::getCount);
    return counter;
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    register(name, () -> (Number) gauge.getValue());
    return gauge;
  }

  private void register(String name, Supplier<Number> value) {
    if (metrics.put(name + labels, value) != null) {
      throw new IllegalStateException(name + labels + " is registered twice");
    }
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return new ShownMetrics(labels + "{" + key + "=" + value + "}", metrics);
  }

  /** Returns what a metric shows, such as {@code files{customer=acme}}. */
  long of(String name) {
    return requireNonNull(metrics.get(name), name).get().longValue();
  }

  /** Returns how many there are of a name. */
  long number(String name) {
    return metrics.keySet().stream().filter(each -> each.startsWith(name + "{")).count();
  }
}
