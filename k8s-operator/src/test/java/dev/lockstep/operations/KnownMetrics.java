package dev.lockstep.operations;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Locale;
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

  /** A verdict of the comparison of engines; each has a counter that is named after it. */
  private static final Pattern VERDICT =
      Pattern.compile("^  ([A-Z_]+)\\(Weight\\.", Pattern.MULTILINE);

  private static final Pattern REGISTERED =
      Pattern.compile("(counter|gauge|histogram)\\(\\s*\"([A-Za-z]+)\"");
  private static final Pattern REGISTERED_WITH_LABEL =
      Pattern.compile("counters\\(\\s*\"([A-Za-z]+)\",\\s*\"([a-z]+)\"");

  private static final Pattern REGISTERED_BY_CUSTOMER =
      Pattern.compile("ofCustomer\\.(?:counter|gauge)\\(\\s*\"([A-Za-z]+)\"");

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
    RepositoryFiles.files(RepositoryFiles.at("rules/src/main/java/dev/lockstep")).stream()
        .filter(file -> file.endsWith("parity/Verdict.java"))
        .forEach(file -> readVerdicts(RepositoryFiles.text(file)));
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
    Matcher byCustomer = REGISTERED_BY_CUSTOMER.matcher(source);
    while (byCustomer.find()) {
      labelled.add("customer_" + byCustomer.group(1));
      plain.remove(byCustomer.group(1));
    }
    Matcher withLabel = REGISTERED_WITH_LABEL.matcher(source);
    while (withLabel.find()) {
      labelled.add(withLabel.group(2) + "_" + withLabel.group(1));
    }
  }

  private void readVerdicts(String source) {
    Matcher verdict = VERDICT.matcher(source);
    while (verdict.find()) {
      StringBuilder name = new StringBuilder("customer_parity");
      for (String word : verdict.group(1).split("_", -1)) {
        name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
      }
      labelled.add(name.toString());
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
      if (!isKnown(name.group())) {
        unknown.add(name.group());
      }
    }
    return unknown;
  }

  private boolean isKnown(String metric) {
    String inner =
        metric
            .replaceFirst("^flink_(jobmanager|taskmanager)_", "")
            .replaceFirst(
                "^job_(operator_coordinator_enumerator_|task_(operator_(engine_)?)?)?", "");
    return plain.contains(inner) || labelled.contains(inner);
  }
}
