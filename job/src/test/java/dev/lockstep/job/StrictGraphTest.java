package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.InvalidConfigException;
import dev.lockstep.job.config.LockstepConfig;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds the graphs of all jobs with generic types and automatic uids forbidden. */
class StrictGraphTest {

  private static final Map<String, String> CHECKPOINTS =
      Map.of("execution.checkpointing.interval", "1 s");

  /** The uids are a contract with every savepoint: one that is gone is state that is lost. */
  private static final Set<String> DETECTION_UIDS =
      Set.of(
          "events",
          "decode",
          "rules",
          "rules-update",
          "quarantine",
          "quarantine-update",
          "flags",
          "flags-update",
          "flags-only",
          "control",
          "detect",
          "correlations-only",
          "gather-0-1",
          "correlate-1",
          "gather-0-2",
          "gather-1-2",
          "correlate-2",
          "gather-0-3",
          "gather-1-3",
          "gather-2-3",
          "correlate-3",
          "unlimited-0",
          "unlimited-1",
          "unlimited-2",
          "unlimited-3",
          "limited-0",
          "limited-1",
          "limited-2",
          "limited-3",
          "suppress",
          "egress",
          "lane-live",
          "lane-shadow",
          "alerts-live-blue",
          "alerts-shadow-blue",
          "dead-letters-blue",
          "letters-blue",
          "letters-of-job-blue",
          "retry-blue",
          "retried-records-blue",
          "read-again-blue",
          "parked-letters-blue",
          "count-letters",
          "statistics-blue",
          "engine-status",
          "engine-status-blue",
          "rule-status-blue");

  private static final Set<String> INDEX_UIDS =
      Set.of(
          "committed-alerts",
          "alert-json",
          "letters-blue",
          "letters-of-job-blue",
          "retry-blue",
          "parked-letters-blue",
          "retried-alerts-blue",
          "index-again-blue",
          "elasticsearch");

  private final StreamExecutionEnvironment env = FlinkSettings.environment(CHECKPOINTS);

  @Test
  void theDetectionJobHasNoGenericTypeAndNoAutomaticUid() {
    DetectionTopology.build(env, config(Map.of()));

    assertThat(strictUids()).containsExactlyInAnyOrderElementsOf(DETECTION_UIDS);
  }

  @Test
  void theIndexJobHasNoGenericTypeAndNoAutomaticUid() {
    IndexTopology.build(env, config(Map.of()));

    assertThat(strictUids()).containsExactlyInAnyOrderElementsOf(INDEX_UIDS);
  }

  @Test
  void theEventIndexAddsItsUidsOnly() {
    IndexTopology.build(env, config(Map.of("event-index.customers", "acme")));

    Set<String> expected = new TreeSet<>(INDEX_UIDS);
    expected.addAll(
        Set.of(
            "events-to-index",
            "choose-events",
            "retried-events-to-index-blue",
            "read-to-index-blue",
            "event-index"));
    assertThat(strictUids()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theParityJobHasNoGenericTypeAndNoAutomaticUid() {
    ParityTopology.build(env, config(Map.of("parity.first", "blue", "parity.second", "green")));

    assertThat(strictUids())
        .containsExactlyInAnyOrder(
            "compared-alerts",
            "compare",
            "rescued-alerts-blue-green",
            "bundle-sightings",
            "explain",
            "summarize",
            "parity-blue-green");
  }

  @Test
  void withoutTheNamesOfTwoEnginesThereIsNothingToCompare() {
    assertThatThrownBy(() -> ParityTopology.build(env, config(Map.of())))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("parity.first: must be set");
  }

  @Test
  void theDirectSinkAddsItsUidsOnly() {
    DetectionTopology.build(env, config(Map.of("elasticsearch.mode", "direct")));

    Set<String> expected = new TreeSet<>(DETECTION_UIDS);
    expected.addAll(
        Set.of("alert-json", "retried-alerts-blue", "index-again-blue", "elasticsearch"));
    assertThat(strictUids()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void filesAddTheirUidsOnly() {
    DetectionTopology.build(
        env,
        config(
            Map.of(
                "files.sources.logs.path", "s3://logs/{customer}/",
                "files.sources.logs.format", "ndjson")));

    Set<String> expected = new TreeSet<>(DETECTION_UIDS);
    expected.addAll(Set.of("files", "decode-files"));
    assertThat(strictUids()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void withoutFlagsThereIsNoFlagSource() {
    DetectionTopology.build(
        env, config(Map.of("flags.source", "none", "flags.on-missing", "shadow")));

    assertThat(strictUids()).doesNotContain("flags", "flags-update").contains("rules");
  }

  /** So an engine goes on from its savepoint when its rules come another way. */
  @ParameterizedTest
  @ValueSource(strings = {"kafka", "http"})
  void whereRulesComeFromChangesNoUid(String source) {
    DetectionTopology.build(
        env, config(Map.of("rules.source", source, "rules.url", "https://rules.internal")));

    assertThat(strictUids()).containsExactlyInAnyOrderElementsOf(DETECTION_UIDS);
  }

  @Test
  void everyOperatorHasANameThatPeopleChose() {
    DetectionTopology.build(env, config(Map.of()));

    assertThat(env.getStreamGraph().getStreamNodes())
        .allSatisfy(
            node ->
                assertThat(node.getOperatorName())
                    .doesNotMatch("(Map|Filter|Process|Sink|Source: Unnamed|Co-Process.*).*"));
  }

  @Test
  void transactionsThatCheckpointsMayOutliveAreRefused() {
    StreamExecutionEnvironment slow =
        FlinkSettings.environment(
            Map.of(
                "execution.checkpointing.interval", "10 s",
                "execution.checkpointing.timeout", "5 min",
                "execution.checkpointing.tolerable-failed-checkpoints", "3"));

    assertThatThrownBy(() -> DetectionTopology.build(slow, config(Map.of())))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("delivery.transaction-timeout: must be longer than")
        .hasMessageContaining("4 checkpoint(s)");
    DetectionTopology.build(slow, config(Map.of("delivery.kafka", "at-least-once")));
  }

  @Test
  void anOperatorWithoutAUidIsRefused() {
    env.fromData("a").uid("source").map(text -> text).sinkTo(new DiscardingSink<>()).uid("sink");

    assertThatThrownBy(this::strictUids)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Auto generated UIDs have been disabled");
  }

  @Test
  void aTypeWithoutASerializerOfItsOwnIsRefused() {
    env.fromData("a")
        .uid("source")
        .map(NoPojo::new)
        .uid("map")
        .rebalance()
        .sinkTo(new DiscardingSink<>())
        .uid("sink");

    assertThatThrownBy(this::strictUids)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Generic types have been disabled");
  }

  /** Builds the job graph, which is when Flink checks, and returns the uids in it. */
  private Set<String> strictUids() {
    StreamGraph graph = env.getStreamGraph();
    assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();
    Set<String> uids = new TreeSet<>();
    for (StreamNode node : graph.getStreamNodes()) {
      String uid = node.getTransformationUID();
      assertThat(uid).as("uid of " + node.getOperatorName()).isNotNull();
      // A sink is expanded into a writer and, where it commits, a committer.
      uids.add(String.valueOf(uid).replaceAll("^Sink Committer: ", ""));
    }
    return uids;
  }

  private static LockstepConfig config(Map<String, String> options) {
    return ConfigReader.read(null, options);
  }

  /** Has no default constructor and no setters. */
  private static final class NoPojo {
    private final String text;

    NoPojo(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
