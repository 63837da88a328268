package dev.lockstep.job.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * The metrics of one operator, under the variable {@code engine}. Operators ask for their counters
 * once, when they start, and not for each event.
 */
public final class EngineMetrics {

  private static final int HISTOGRAM_VALUES = 1000;

  private final MetricGroup group;

  public EngineMetrics(MetricGroup operatorGroup, String engine) {
    this.group = operatorGroup.addGroup("engine", engine);
  }

  /** Registers the counter of this name. */
  public Counter counter(String name) {
    return group.counter(name);
  }

  /** Registers counters of this name with one more label, whose values are bounded in number. */
  public LabelledCounters counters(String name, String label) {
    return new LabelledCounters(value -> group.addGroup(label, value).counter(name));
  }

  /** Registers a histogram of the newest thousand values. */
  public Histogram histogram(String name) {
    return group.histogram(name, new DescriptiveStatisticsHistogram(HISTOGRAM_VALUES));
  }

  /** The group to register gauges and histograms with. */
  public MetricGroup group() {
    return group;
  }
}
