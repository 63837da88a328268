package dev.lockstep.job.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.state.ControlNotice;
import dev.lockstep.job.state.ControlNotice.Kind;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineStatusFunctionTest {

  @Test
  void saysOnHowManySubtasksABundleIsInForceAndWhenItIsOnAll() throws Exception {
    try (var status = start(null)) {
      status.processElement(accepted(1, "v1"), 0);
      assertThat(last(status))
          .contains("\"version\":\"v1\"", "\"in_force_subtasks\":0,\"subtasks\":0")
          .contains("\"published_at\":\"1970-01-01T00:00:01Z\"")
          .doesNotContain("in_force_at", "publication_millis");
      status.processElement(inForce(1, 0, 1_300), 0);
      assertThat(last(status))
          .contains("\"in_force_subtasks\":1,\"subtasks\":2")
          .doesNotContain("in_force_at");
      status.processElement(inForce(1, 1, 1_250), 0);
      assertThat(last(status))
          .contains("\"in_force_subtasks\":2,\"subtasks\":2", "\"publication_millis\":300")
          .contains("\"in_force_at\":\"1970-01-01T00:00:01.300Z\"")
          .contains("\"in_force\":7,\"uncovered\":2,\"rejected\":3,\"quarantined\":0");

      status.processElement(accepted(2, "v2"), 0);
      assertThat(last(status))
          .contains("\"version\":\"v2\"", "\"in_force_subtasks\":0,\"subtasks\":2")
          .doesNotContain("in_force_at");
    }
  }

  @Test
  void countsASubtaskThatToldBeforeTheCheckDid() throws Exception {
    try (var status = start(null)) {
      status.processElement(inForce(4, 0, 1_400), 0);
      status.processElement(inForce(4, 1, 1_500), 0);
      status.processElement(accepted(4, "v1"), 0);
      assertThat(last(status)).contains("\"in_force_at\":\"1970-01-01T00:00:01.500Z\"");
    }
  }

  @Test
  void tellsOfARefusedBundleUntilOneIsAccepted() throws Exception {
    try (var status = start(null)) {
      status.processElement(accepted(1, "v1"), 0);
      ControlNotice refused = new ControlNotice(Kind.REFUSED, 0, "v2", 5_000);
      refused.reason = "it would remove all";
      status.processElement(refused, 0);
      assertThat(last(status))
          .contains("\"version\":\"v1\"")
          .contains(
              "\"refused\":{\"version\":\"v2\",\"parts\":[],\"reason\":\"it would remove all\","
                  + "\"at\":\"1970-01-01T00:00:05Z\"}");
      status.processElement(accepted(2, "v3"), 0);
      assertThat(last(status)).doesNotContain("refused");
    }
  }

  @Test
  void saysByWhichFlagsSubtasksDecideAndHowFarEventTimeHasCome() throws Exception {
    try (var status = start(null)) {
      status.setProcessingTime(5_000);
      status.processElement(flags(3, 0, "f1"), 0);
      assertThat(last(status))
          .contains("\"flags\":{\"version\":\"f1\",\"in_force_subtasks\":1,\"subtasks\":2}")
          .doesNotContain("event_time");
      status.processElement(flags(4, 0, "f2"), 0);
      status.processElement(flags(3, 1, "f1"), 0);
      assertThat(last(status))
          .contains("\"flags\":{\"version\":\"f2\",\"in_force_subtasks\":1,\"subtasks\":2}");
      status.processWatermark(3_500);
      status.processElement(flags(4, 1, "f2"), 0);
      assertThat(last(status))
          .contains("\"flags\":{\"version\":\"f2\",\"in_force_subtasks\":2,\"subtasks\":2}")
          .contains(
              "\"event_time\":{\"watermark\":\"1970-01-01T00:00:03.500Z\",\"behind_millis\":1500}");
    }
  }

  private static ControlNotice flags(long sequence, int subtask, String version) {
    ControlNotice notice = new ControlNotice(Kind.FLAGS, sequence, version, 1_100);
    notice.subtask = subtask;
    notice.parallelism = 2;
    return notice;
  }

  @Test
  void saysWhyASubtaskJudgesByOlderRules() throws Exception {
    try (var status = start(null)) {
      status.processElement(accepted(1, "v1"), 0);
      ControlNotice failed = new ControlNotice(Kind.FAILED, 1, "", 5_000);
      failed.parallelism = 2;
      failed.reason = "java.lang.StackOverflowError";
      status.processElement(failed, 0);
      assertThat(last(status)).contains("\"failure\":\"java.lang.StackOverflowError\"");
    }
  }

  @Test
  void knowsAfterARestartWhatIsInForceAndAsksTheSubtasksAnew() throws Exception {
    OperatorSubtaskState snapshot;
    try (var status = start(null)) {
      status.processElement(accepted(1, "v1"), 0);
      status.processElement(inForce(1, 0, 1_300), 0);
      status.processElement(inForce(1, 1, 1_400), 0);
      snapshot = status.snapshot(1, 0);
    }
    try (var restored = start(snapshot)) {
      restored.processElement(inForce(1, 1, 9_000), 0);
      assertThat(last(restored))
          .contains("\"version\":\"v1\"", "\"in_force_subtasks\":1,\"subtasks\":2")
          .contains("\"in_force_at\":\"1970-01-01T00:00:01.400Z\"");
    }
  }

  @Test
  void repeatsItselfSoThatAnOldStatusTellsOfAnEngineThatIsGone() throws Exception {
    try (var status = start(null)) {
      status.setProcessingTime(3_000);
      status.processElement(accepted(1, "v1"), 0);
      assertThat(last(status)).contains("\"updated_at\":\"1970-01-01T00:00:03Z\"");
      status.setProcessingTime(10_000);
      assertThat(last(status)).contains("\"updated_at\":\"1970-01-01T00:00:10Z\"");
      status.setProcessingTime(20_000);
      assertThat(last(status)).contains("\"updated_at\":\"1970-01-01T00:00:20Z\"");
    }
  }

  private static ControlNotice accepted(long sequence, String version) {
    ControlNotice notice = new ControlNotice(Kind.ACCEPTED, sequence, version, 1_100);
    notice.publishedAtMillis = 1_000;
    notice.rulesRejected = 3;
    return notice;
  }

  private static ControlNotice inForce(long sequence, int subtask, long atMillis) {
    ControlNotice notice = new ControlNotice(Kind.IN_FORCE, sequence, "", atMillis);
    notice.subtask = subtask;
    notice.parallelism = 2;
    notice.rulesInForce = 7 + subtask;
    notice.rulesUncovered = 2;
    return notice;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ControlNotice, StatusRecord> start(
      @Nullable OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new EngineStatusFunction("blue")),
            notice -> "blue",
            Types.STRING);
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static String last(
      KeyedOneInputStreamOperatorTestHarness<String, ControlNotice, StatusRecord> harness) {
    var all = harness.extractOutputValues();
    StatusRecord record = all.get(all.size() - 1);
    assertThat(record.key).isEqualTo("blue");
    return new String(record.json, UTF_8);
  }
}
