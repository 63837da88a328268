package dev.lockstep.connector.files;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Counters as they are registered, to be asked by name and by the values of their labels. */
final class ShownCounters extends UnregisteredMetricsGroup {

  private final String labels;
  private final Map<String, Counter> counters;

  ShownCounters() {
    this("", new TreeMap<>());
  }

  private ShownCounters(String labels, Map<String, Counter> counters) {
    this.labels = labels;
    this.counters = counters;
  }

  @Override
  public Counter counter(String name) {
    Counter counter = new SimpleCounter();
    if (counters.put(name + labels, counter) != null) {
      throw new IllegalStateException(name + labels + " is registered twice");
    }
    return counter;
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return new ShownCounters(labels + "{" + key + "=" + value + "}", counters);
  }

  /** Returns what the counter shows, such as {@code files{customer=acme}}; 0 if there is none. */
  long of(String counter) {
    Counter shown = counters.get(counter);
    return shown == null ? 0 : shown.getCount();
  }

  /** Returns how many there are of a name. */
  long number(String name) {
    return counters.keySet().stream().filter(each -> each.startsWith(name + "{")).count();
  }
}
