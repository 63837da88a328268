package dev.lockstep.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {

  private static final String INTERVAL = "execution.checkpointing.interval";
  private static final String MIN_PAUSE = "execution.checkpointing.min-pause";
  private static final String MODE = "execution.checkpointing.mode";

  @Test
  void refusesAJobWithoutCheckpoints() {
    assertThatThrownBy(() -> FlinkSettings.environment(Map.of()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(INTERVAL + ": must be set");
  }

  @Test
  void refusesCheckpointsThatRepeatEvents() {
    assertThatThrownBy(
            () -> FlinkSettings.environment(Map.of(INTERVAL, "10 s", MODE, "AT_LEAST_ONCE")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(MODE + ": must be EXACTLY_ONCE");
  }

  @Test
  void namesAllThatIsWrong() {
    assertThatThrownBy(() -> FlinkSettings.environment(Map.of(MODE, "AT_LEAST_ONCE")))
        .isInstanceOfSatisfying(
            InvalidConfigException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @Test
  void takesExactlyOnceAsTheDefault() {
    StreamExecutionEnvironment env = FlinkSettings.environment(Map.of(INTERVAL, "10 s"));

    assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(10_000);
  }

  @Test
  void givesTasksTimeBetweenTwoCheckpoints() {
    assertThat(pause(Map.of(INTERVAL, "1 s"))).isEqualTo(500);
    assertThat(pause(Map.of(INTERVAL, "1 s", MIN_PAUSE, "100 ms"))).isEqualTo(500);
    assertThat(pause(Map.of(INTERVAL, "10 s", MIN_PAUSE, "2 s"))).isEqualTo(2_000);
  }

  private static long pause(Map<String, String> options) {
    return FlinkSettings.environment(options).getCheckpointConfig().getMinPauseBetweenCheckpoints();
  }

  @Test
  void refusesTypesAndOperatorsThatCouldNotBeUpgraded() {
    StreamExecutionEnvironment env =
        FlinkSettings.environment(
            Map.of(
                INTERVAL,
                "10 s",
                "pipeline.generic-types",
                "true",
                "pipeline.auto-generate-uids",
                "true"));

    assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(env.getConfiguration().get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
  }
}
