package dev.lockstep.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertLimit;
import dev.lockstep.connector.wire.AlertRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuppressFunctionTest {

  private static final long MINUTE = 60_000;

  private KeyedOneInputStreamOperatorTestHarness<String, AlertRecord, AlertRecord> harness;
  private int seen;

  @BeforeEach
  void start() throws Exception {
    seen = 0;
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new SuppressFunction("blue")),
            alert -> alert.limit == null ? "" : alert.limit.key,
            Types.STRING);
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void afterAnAlertOthersAreCountedAndOneStandsForThemAtTheEnd() throws Exception {
    send("a", 0, false);
    send("b", 1, false);
    send("c", 2, false);
    assertThat(sent()).containsExactly("a +0");

    harness.processWatermark(new Watermark(10 * MINUTE));

    assertThat(sent()).containsExactly("b +1");
  }

  @Test
  void whatIsSuppressedCountsAllThatItStoodFor() throws Exception {
    send("a", 0, false);
    send("b", 1, false);
    AlertRecord standing = StandingAlert.of(alert("c", 2, false), 5, 3 * MINUTE);
    harness.processElement(standing, 0);

    harness.processWatermark(new Watermark(10 * MINUTE));

    assertThat(sent()).containsExactly("a +0", "b +6");
  }

  @Test
  void aPeriodWithoutOthersEndsTheMatterAndLeavesNothing() throws Exception {
    send("a", 0, false);
    harness.processWatermark(new Watermark(10 * MINUTE));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();

    send("b", 11, false);

    assertThat(sent()).containsExactly("a +0", "b +0");
  }

  @Test
  void whatStandsForOthersBeginsAPeriodOfItsOwn() throws Exception {
    send("a", 0, false);
    send("b", 1, false);
    harness.processWatermark(new Watermark(10 * MINUTE));
    send("c", 12, false);
    assertThat(sent()).containsExactly("a +0", "b +0");

    harness.processWatermark(new Watermark(20 * MINUTE));

    assertThat(sent()).containsExactly("c +0");
  }

  @Test
  void aPeriodThatIsOverEndsWithTheNextAlertBeforeEventTimeTells() throws Exception {
    send("a", 0, false);
    send("b", 1, false);
    send("c", 35, false);

    assertThat(sent()).containsExactly("a +0", "b +0", "c +0");
  }

  @Test
  void periodsDoubleAsLongAsThereIsSomethingToSuppress() throws Exception {
    send("a", 0, true);
    send("b", 1, true);
    harness.processWatermark(new Watermark(10 * MINUTE));
    send("c", 29, true);
    harness.processWatermark(new Watermark(29 * MINUTE));
    assertThat(sent()).as("the second period is 20 minutes").containsExactly("a +0", "b +0");

    harness.processWatermark(new Watermark(30 * MINUTE));

    assertThat(sent()).containsExactly("c +0");
  }

  private void send(String id, long minute, boolean exponential) throws Exception {
    harness.processElement(alert(id, minute, exponential), 0);
  }

  private static AlertRecord alert(String id, long minute, boolean exponential) {
    Alert alert =
        new Alert(
            id,
            "acme",
            "blue",
            Instant.ofEpochMilli(minute * MINUTE),
            new RuleReference("r", "R", null, null, List.of(), "v", /* shadowOnly= */ false),
            "bundle",
            Map.of(),
            List.of(new EventReference("e" + id, Instant.EPOCH, "{}")),
            /* routing= */ null);
    AlertRecord record = new AlertRecord(id, "acme", "r", "", AlertJson.write(alert));
    AlertLimit limit = new AlertLimit();
    limit.key = "key";
    limit.atMillis = minute * MINUTE;
    limit.periodMillis = 10 * MINUTE;
    limit.max = 1;
    limit.exponential = exponential;
    record.limit = limit;
    return record;
  }

  /** Ids, and for how many others each alert stands, since the last call. */
  private List<String> sent() {
    List<AlertRecord> all = harness.extractOutputValues();
    List<String> fresh =
        all.subList(seen, all.size()).stream()
            .map(record -> record.alertId + " +" + AlertJson.read(record.json).suppressed().count())
            .toList();
    seen = all.size();
    return fresh;
  }
}
