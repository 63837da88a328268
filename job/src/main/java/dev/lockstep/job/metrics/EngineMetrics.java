package dev.lockstep.job.metrics;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counters of one operator, under the variable {@code engine} and, where it says so, one more label
 * of bounded cardinality. Not safe for use by several threads.
 */
public final class EngineMetrics {

  /**
   * So many values of a label have a counter of their own; all further ones share {@code other}.
   */
  static final int MAX_LABEL_VALUES = 200;

  private static final String OTHER = "other";

  private final MetricGroup group;
  private final Map<String, Counter> counters = new HashMap<>();
  private final Map<String, Integer> labelValues = new HashMap<>();

  public EngineMetrics(MetricGroup operatorGroup, String engine) {
    this.group = operatorGroup.addGroup("engine", engine);
  }

  /** Returns the counter of this name. */
  public Counter counter(String name) {
    return counters.computeIfAbsent(name, group::counter);
  }

  /** Returns the counter of this name for one value of a label. */
  public Counter counter(String name, String label, String value) {
    Counter known = counters.get(key(name, label, value));
    return known == null ? newCounter(name, label, value) : known;
  }

  /** The group to register gauges and histograms with. */
  public MetricGroup group() {
    return group;
  }

  private Counter newCounter(String name, String label, String value) {
    int values = labelValues.merge(name, 1, Integer::sum);
    String bounded = values > MAX_LABEL_VALUES ? OTHER : value;
    Counter counter =
        counters.computeIfAbsent(
            key(name, label, bounded), unused -> group.addGroup(label, bounded).counter(name));
    return counter;
  }

  private static String key(String name, String label, String value) {
    return name + '\n' + label + '\n' + value;
  }
}
