package dev.lockstep.operations;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.HistoryServerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateLatencyTrackOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.contrib.streaming.state.RocksDBNativeMetricOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;

/** The options that Flink and the operator know, so that a misspelt or old one is found. */
final class FlinkOptionKeys {

  private static final List<Class<?>> CLASSES =
      List.of(
          BlobServerOptions.class,
          CheckpointingOptions.class,
          ClusterOptions.class,
          CoreOptions.class,
          DeploymentOptions.class,
          ExecutionOptions.class,
          HeartbeatManagerOptions.class,
          HighAvailabilityOptions.class,
          HistoryServerOptions.class,
          JobManagerOptions.class,
          KubernetesConfigOptions.class,
          MetricOptions.class,
          NettyShuffleEnvironmentOptions.class,
          PipelineOptions.class,
          ResourceManagerOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          RocksDBConfigurableOptions.class,
          RocksDBNativeMetricOptions.class,
          RocksDBOptions.class,
          RpcOptions.class,
          SecurityOptions.class,
          StateBackendOptions.class,
          StateLatencyTrackOptions.class,
          StateRecoveryOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  private static final String REPORTER = "metrics.reporter.";

  /** What the Prometheus reporter knows besides the parameters of all reporters. */
  private static final Set<String> PROMETHEUS_PARAMETERS =
      Set.of("port", "filterLabelValueCharacters");

  /** What the S3 plugin hands on to the file system in it, which no class of Flink's lists. */
  private static final Set<String> OF_THE_S3_PLUGIN = Set.of("fs.s3a.aws.credentials.provider");

  private final Map<String, ConfigOption<?>> current = new HashMap<>();
  private final Set<String> old = new HashSet<>();

  private FlinkOptionKeys() {}

  /** Returns the options of the Flink on the classpath, and of the operator. */
  static FlinkOptionKeys read() {
    FlinkOptionKeys keys = new FlinkOptionKeys();
    CLASSES.forEach(keys::add);
    keys.add(OperatorValidator.options());
    return keys;
  }

  /** Returns what is wrong with each of the options: unknown, old, or a value of another type. */
  List<String> problems(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    options.forEach((key, value) -> problem(key, value).ifPresent(problems::add));
    return problems;
  }

  private Optional<String> problem(String key, String value) {
    if (key.startsWith(REPORTER)) {
      String parameter = key.substring(key.indexOf('.', REPORTER.length()) + 1);
      return PROMETHEUS_PARAMETERS.contains(parameter) || current.containsKey(parameter)
          ? Optional.empty()
          : Optional.of(key + " is no parameter of a metrics reporter");
    }
    if (OF_THE_S3_PLUGIN.contains(key)) {
      return Optional.empty();
    }
    ConfigOption<?> option = current.get(key);
    if (option == null) {
      return Optional.of(key + (old.contains(key) ? " is deprecated" : " is no option of Flink"));
    }
    return isReadable(option, value)
        ? Optional.empty()
        : Optional.of(key + " cannot be '" + value + "'");
  }

  private static boolean isReadable(ConfigOption<?> option, String value) {
    Configuration configuration = new Configuration();
    configuration.setString(option.key(), value);
    try {
      return configuration.getOptional(option).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void add(Class<?> options) {
    for (Field field : options.getFields()) {
      if (Modifier.isStatic(field.getModifiers())
          && ConfigOption.class.isAssignableFrom(field.getType())) {
        add(field);
      }
    }
  }

  private void add(Field field) {
    ConfigOption<?> option = value(field);
    if (field.isAnnotationPresent(Deprecated.class)) {
      old.add(option.key());
    } else {
      current.put(option.key(), option);
    }
    for (FallbackKey key : option.fallbackKeys()) {
      old.add(key.getKey());
    }
  }

  private static ConfigOption<?> value(Field field) {
    try {
      return (ConfigOption<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
