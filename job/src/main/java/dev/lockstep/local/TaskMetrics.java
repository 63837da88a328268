package dev.lockstep.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * The metrics of all jobs in this process, without a delay and to be asked by who runs them. Flink
 * finds it as a service and makes one of it for each cluster.
 */
public final class TaskMetrics implements MetricReporter, MetricReporterFactory {

  private static final Set<Registered> REGISTERED = ConcurrentHashMap.newKeySet();

  /** Flink options of a cluster that reports here. */
  public static Map<String, String> flinkOptions() {
    return Map.of("metrics.reporter.tasks.factory.class", TaskMetrics.class.getName());
  }

  /**
   * Returns what the counters or gauges of this name show, one for each subtask that runs, in no
   * order.
   *
   * @param operator the operator's name; empty for metrics of the job itself
   */
  public static List<Long> values(String job, String operator, String name) {
    return REGISTERED.stream()
        .filter(each -> each.job.equals(job))
        .filter(each -> each.operator.equals(operator))
        .filter(each -> each.name.equals(name))
        .map(Registered::value)
        .toList();
  }

  /** Returns up to where Kafka sources of a job have read each partition of a topic. */
  static Map<Integer, Long> offsets(String job, String topic) {
    Map<Integer, Long> next = new HashMap<>();
    for (Registered each : REGISTERED) {
      if (each.job.equals(job) && each.name.equals("currentOffset") && each.topic.equals(topic)) {
        next.merge(each.partition, each.value() + 1, Math::max);
      }
    }
    return next;
  }

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new TaskMetrics();
  }

  @Override
  public void open(MetricConfig config) {
    // Needs nothing.
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter || metric instanceof Gauge<?>) {
      Map<String, String> variables = group.getAllVariables();
      String job = variables.getOrDefault("<job_name>", "");
      String operator = variables.getOrDefault("<operator_name>", "");
      String topic = variables.getOrDefault("<topic>", "");
      int partition = Integer.parseInt(variables.getOrDefault("<partition>", "-1"));
      REGISTERED.add(new Registered(metric, name, job, operator, topic, partition));
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    REGISTERED.removeIf(each -> each.metric == metric);
  }

  @Override
  public void close() {
    REGISTERED.clear();
  }

  private record Registered(
      Metric metric, String name, String job, String operator, String topic, int partition) {
    long value() {
      return metric instanceof Counter counter
          ? counter.getCount()
          : ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }
  }
}
