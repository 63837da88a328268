package dev.lockstep.operations;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.runtime.metrics.MetricNames;

/**
 * The names of metrics that there are: those that our sources register, those that Flink lists, and
 * some that Flink and its Kafka connector have without listing them.
 */
final class KnownMetrics {

  /** A metric in an expression, without what Prometheus puts behind it. */
  static final Pattern IN_EXPRESSION = Pattern.compile("flink_(?:task|job)manager_[A-Za-z_]+");

  /** Metrics of which an expression asks by a part of their name. */
  static final Pattern BY_PART_OF_NAME =
      Pattern.compile("__name__=~\"flink_taskmanager_job_task_operator_\\.\\*([A-Za-z]+)\"");

  private static final Pattern REGISTERED =
      Pattern.compile("(counter|gauge|histogram)\\(\\s*\"([A-Za-z]+)\"");
  private static final Pattern REGISTERED_WITH_LABEL =
      Pattern.compile("counters\\(\\s*\"([A-Za-z]+)\",\\s*\"([a-z]+)\"");

  /** Those of Flink that are no constants of its. */
  private static final Set<String> OF_FLINK =
      Set.of(
          "lastCheckpointDuration",
          "lastCheckpointFullSize",
          "lastCheckpointSize",
          "numberOfCompletedCheckpoints",
          "numberOfFailedCheckpoints",
          "runningState",
          "failedCommittables",
          "pendingCommittables",
          "Status_JVM_Memory_Heap_Used",
          "Status_JVM_Memory_Heap_Max");

  private final Set<String> plain = new TreeSet<>();
  private final Set<String> labelled = new TreeSet<>();

  private KnownMetrics() {
    for (String module : new String[] {"job", "connectors"}) {
      RepositoryFiles.files(RepositoryFiles.at(module + "/src/main/java"))
          .forEach(file -> readSource(RepositoryFiles.text(file)));
    }
    plain.addAll(OF_FLINK);
    for (Field field : MetricNames.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        plain.add(constant(field));
      }
    }
  }

  static KnownMetrics read() {
    return new KnownMetrics();
  }

  private void readSource(String source) {
    Matcher registered = REGISTERED.matcher(source);
    while (registered.find()) {
      plain.add(registered.group(2));
    }
    Matcher withLabel = REGISTERED_WITH_LABEL.matcher(source);
    while (withLabel.find()) {
      labelled.add(withLabel.group(2) + "_" + withLabel.group(1));
    }
  }

  private static String constant(Field field) {
    try {
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the metrics of an expression that nobody registers. */
  Set<String> unknownOf(String expression) {
    Set<String> unknown = new TreeSet<>();
    Matcher name = IN_EXPRESSION.matcher(expression);
    while (name.find()) {
      if (!name.group().endsWith("_operator_") && !isKnown(name.group())) {
        unknown.add(name.group());
      }
    }
    Matcher part = BY_PART_OF_NAME.matcher(expression);
    while (part.find()) {
      if (!plain.contains(part.group(1))
          && labelled.stream().noneMatch(each -> each.endsWith("_" + part.group(1)))) {
        unknown.add(part.group(1));
      }
    }
    return unknown;
  }

  private boolean isKnown(String metric) {
    String inner =
        metric
            .replaceFirst("^flink_(jobmanager|taskmanager)_", "")
            .replaceFirst("^job_(task_(operator_(engine_)?)?)?", "");
    return plain.contains(inner) || labelled.contains(inner);
  }
}
