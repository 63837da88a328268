package dev.lockstep.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.correlation.Occurrence;
import dev.lockstep.job.state.GroupOccurrences;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatherOccurrencesTest {

  private OneInputStreamOperatorTestHarness<GroupOccurrences, GroupOccurrences> harness;

  @BeforeEach
  void start() throws Exception {
    harness = new OneInputStreamOperatorTestHarness<>(new GatherOccurrences(/* stage= */ 1));
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void theOccurrencesOfAGroupTravelTogetherAndBeforeEventTime() throws Exception {
    send("bob", 1, 4, "e1");
    send("eve", 1, 5, "f1");
    send("bob", 1, 6, "e2");
    assertThat(harness.getOutput()).isEmpty();

    harness.processWatermark(new Watermark(10));

    assertThat(harness.getOutput().toArray())
        .satisfiesExactly(
            first -> assertThat(told(first)).isEqualTo("bob 6 [e1, e2]"),
            second -> assertThat(told(second)).isEqualTo("eve 5 [f1]"),
            last -> assertThat(last).isEqualTo(new Watermark(10)));
  }

  @Test
  void nothingStaysBehindACheckpoint() throws Exception {
    send("bob", 1, 4, "e1");

    harness.prepareSnapshotPreBarrier(1);

    assertThat(harness.getOutput()).hasSize(1);
  }

  @Test
  void nothingStaysBehindTheEndOfInput() throws Exception {
    send("bob", 1, 4, "e1");

    harness.endInput();

    assertThat(harness.getOutput()).hasSize(1);
  }

  @Test
  void whatIsForLaterCorrelationsIsNotMeant() throws Exception {
    send("bob", 2, 4, "e1");

    harness.processWatermark(new Watermark(10));

    assertThat(harness.getOutput().toArray()).containsExactly(new Watermark(10));
  }

  private void send(String group, int stage, long sequence, String id) throws Exception {
    Occurrence occurrence = new Occurrence(1, id, 0, List.of(), "{}");
    harness.processElement(
        new StreamRecord<>(new GroupOccurrences(group, stage, sequence, List.of(occurrence))));
  }

  @SuppressWarnings("unchecked")
  private static String told(Object element) {
    GroupOccurrences found = ((StreamRecord<GroupOccurrences>) element).getValue();
    List<String> ids = Occurrence.decode(found.occurrences).stream().map(Occurrence::id).toList();
    return found.group + " " + found.sequence + " " + ids;
  }
}
