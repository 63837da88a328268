package dev.lockstep.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;

class FlinkConfTest {

  private final FlinkOptionKeys flinkOptions = FlinkOptionKeys.read();
  private final Configuration configuration =
      GlobalConfiguration.loadConfiguration(RepositoryFiles.at("flink-conf").toString());

  @Test
  void everyKeyIsACurrentOptionOfFlinkWithAValueOfItsType() {
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
                    "metrics.reporter.prom.prot", "9249")))
        .containsExactlyInAnyOrder(
            "execution.checkpointing.intervall is no option of Flink",
            "state.backend.incremental is deprecated",
            "execution.checkpointing.timeout cannot be 'soon'",
            "metrics.reporter.prom.prot is no parameter of a metrics reporter");
  }

  @Test
  void listsAreSeparatedAsFlinkSeparatesThem() {
    assertThat(configuration.get(MetricOptions.JOB_STATUS_METRICS))
        .extracting(Object::toString)
        .containsExactly("STATE", "CURRENT_TIME");
  }

  @Test
  void aTransactionOutlivesACheckpointAndTheRestartAfterIt() {
    LockstepConfig config =
        ConfigReader.read(RepositoryFiles.at("flink-conf/lockstep.yaml"), Map.of());

    assertThat(
            configuration
                .get(CheckpointingOptions.CHECKPOINTING_TIMEOUT)
                .plus(
                    configuration.get(
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF)))
        .isLessThan(config.kafka().transactionTimeout());
  }

  @Test
  void itHoldsNoSecrets() {
    assertThat(configuration.keySet())
        .noneMatch(
            key ->
                List.of("password", "secret", "access-key", "token").stream()
                    .anyMatch(key::contains));
  }
}
