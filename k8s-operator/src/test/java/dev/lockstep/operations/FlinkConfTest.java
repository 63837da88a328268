package dev.lockstep.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkConfTest {

  private final FlinkOptionKeys flinkOptions = FlinkOptionKeys.read();

  private static Configuration load(String environment) {
    return GlobalConfiguration.loadConfiguration(
        RepositoryFiles.at("flink-conf/" + environment).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "staging", "production"})
  void everyKeyIsACurrentOptionOfFlinkWithAValueOfItsType(String environment) {
    Configuration configuration = load(environment);

    assertThat(configuration.keySet()).hasSizeGreaterThan(30);
    assertThat(flinkOptions.problems(configuration.toMap())).isEmpty();
  }

  @Test
  void theCheckFindsUnknownAndDeprecatedKeysAndWrongValues() {
    assertThat(
            flinkOptions.problems(
                Map.of(
                    "execution.checkpointing.intervall", "10 s",
                    "state.backend.incremental", "true",
                    "execution.checkpointing.timeout", "soon",
                    "metrics.reporter.prom.prot", "9249",
                    "kubernetes.operator.periodic.savepoint.intervall", "6 h",
                    "kubernetes.taskmanager.cpus", "2")))
        .containsExactlyInAnyOrder(
            "execution.checkpointing.intervall is no option of Flink",
            "state.backend.incremental is deprecated",
            "execution.checkpointing.timeout cannot be 'soon'",
            "metrics.reporter.prom.prot is no parameter of a metrics reporter",
            "kubernetes.operator.periodic.savepoint.intervall is no option of Flink",
            "kubernetes.taskmanager.cpus is no option of Flink");
  }

  /** With nothing changed but the places, which are on this machine, and the ports. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "staging", "production"})
  void aClusterStartsWithItAndRunsAJobWithState(String environment, @TempDir Path folder)
      throws Exception {
    Configuration configuration = at(folder, load(environment));

    MiniClusterConfiguration cluster =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(2)
            .build();
    try (MiniCluster flink = new MiniCluster(cluster)) {
      flink.start();
      JobGraph job = countingJob(configuration);
      flink.submitJob(job).get();
      flink.requestJobResult(job.getJobID()).get();

      assertThat(flink.getJobStatus(job.getJobID()).get()).isEqualTo(JobStatus.FINISHED);
    }
  }

  private static Configuration at(Path folder, Configuration written) throws IOException {
    Configuration configuration = new Configuration(written);
    String local = Files.createDirectories(folder).toUri().toString();
    Map<String, String> moved = new TreeMap<>();
    written
        .toMap()
        .forEach(
            (key, value) -> {
              if (value.matches("(s3|file)://.*")) {
                moved.put(key, local + key);
              }
            });
    moved.forEach(configuration::setString);
    for (String key : moved.keySet()) {
      Files.createDirectories(folder.resolve(key));
    }
    configuration.setString("io.tmp.dirs", folder.resolve("tmp").toString());
    configuration.setString("state.backend.rocksdb.localdir", folder.resolve("rocksdb").toString());
    configuration.setString("rest.address", "127.0.0.1");
    configuration.setString("rest.bind-address", "127.0.0.1");
    configuration.setString("rest.port", "0");
    configuration.setString("rest.bind-port", "0");
    configuration.setString("metrics.reporter.prom.port", "0");
    return configuration;
  }

  private static JobGraph countingJob(Configuration configuration) {
    StreamExecutionEnvironment env = FlinkSettings.environment(configuration.toMap());
    env.setParallelism(2);
    env.fromSequence(1, 1000)
        .uid("numbers")
        .keyBy(number -> number % 7)
        .reduce(Long::sum)
        .uid("sums")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
    return env.getStreamGraph().getJobGraph();
  }

  @Test
  void listsAreSeparatedAsFlinkSeparatesThem() {
    assertThat(load("production").get(MetricOptions.JOB_STATUS_METRICS))
        .extracting(Object::toString)
        .containsExactly("STATE", "CURRENT_TIME");
  }

  /** Or a savepoint of one could not be tried in the other. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "staging"})
  void stateIsAsInProduction(String environment) {
    assertThat(load(environment).get(PipelineOptions.MAX_PARALLELISM))
        .isEqualTo(load("production").get(PipelineOptions.MAX_PARALLELISM));
    assertThat(load(environment).get(StateBackendOptions.STATE_BACKEND))
        .isEqualTo(load("production").get(StateBackendOptions.STATE_BACKEND));
  }

  @Test
  void aTransactionOutlivesACheckpointAndTheRestartAfterIt() {
    LockstepConfig config =
        ConfigReader.read(RepositoryFiles.at("flink-conf/lockstep.yaml"), Map.of());
    Configuration configuration = load("production");

    assertThat(
            configuration
                .get(CheckpointingOptions.CHECKPOINTING_TIMEOUT)
                .plus(
                    configuration.get(
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF)))
        .isLessThan(config.kafka().transactionTimeout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "staging", "production"})
  void itHoldsNoSecrets(String environment) {
    assertThat(load(environment).keySet())
        .noneMatch(
            key ->
                List.of("password", "secret", "access-key", "token", "apikey").stream()
                    .anyMatch(key::contains));
  }
}
