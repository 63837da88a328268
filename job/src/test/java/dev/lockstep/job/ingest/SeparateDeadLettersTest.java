package dev.lockstep.job.ingest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.metrics.RecordedMetrics;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeparateDeadLettersTest {

  private static final OutputTag<DeadLetterRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetterRecord.class));

  private final RecordedMetrics metrics = new RecordedMetrics();
  private OneInputStreamOperatorTestHarness<DecodedRecord, EventRecord> harness;

  @BeforeEach
  void open() throws Exception {
    RecordedMetrics recorded = metrics;
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new SeparateDeadLetters("blue", DEAD_LETTERS)) {
              @Override
              public OperatorMetricGroup getMetricGroup() {
                return recorded;
              }
            });
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void sendsAnEventOnAndCountsItForItsCustomer() throws Exception {
    DecodedRecord record = event("acme", /* timeStated= */ true);
    send(record);
    assertThat(harness.extractOutputValues())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(requireNonNull(record.event));
    assertThat(harness.getSideOutput(DEAD_LETTERS)).isNull();
    assertThat(metrics.count("customer=acme/eventsIn")).isEqualTo(1);
    assertThat(metrics.count("eventsWithoutTime")).isZero();
  }

  @Test
  void countsEventsThatStateNoTime() throws Exception {
    send(event("acme", /* timeStated= */ false), event("acme", /* timeStated= */ true));
    assertThat(metrics.count("eventsWithoutTime")).isEqualTo(1);
    assertThat(metrics.count("customer=acme/eventsIn")).isEqualTo(2);
  }

  @Test
  void sendsADeadLetterAsideAndCountsItForItsClass() throws Exception {
    DecodedRecord malformed = deadLetter(DeadLetterClass.MALFORMED);
    send(malformed, deadLetter(DeadLetterClass.TOO_LARGE), deadLetter(DeadLetterClass.MALFORMED));
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(harness.getSideOutput(DEAD_LETTERS))
        .hasSize(3)
        .first()
        .extracting(StreamRecord::getValue)
        .usingRecursiveComparison()
        .isEqualTo(malformed.deadLetter);
    assertThat(metrics.count("class=MALFORMED/deadLetters")).isEqualTo(2);
    assertThat(metrics.count("class=TOO_LARGE/deadLetters")).isEqualTo(1);
  }

  @Test
  void letsNothingVanish() throws Exception {
    for (int i = 0; i < 100; i++) {
      send(i % 3 == 0 ? deadLetter(DeadLetterClass.NO_CUSTOMER) : event("c" + i, true));
    }
    assertThat(harness.extractOutputValues().size() + harness.getSideOutput(DEAD_LETTERS).size())
        .isEqualTo(100);
  }

  private void send(DecodedRecord... records) throws Exception {
    for (DecodedRecord record : records) {
      harness.processElement(record, /* timestamp= */ 0);
    }
  }

  private static DecodedRecord event(String customer, boolean timeStated) {
    return DecodedRecord.of(
        new EventRecord(customer, "1", 0, "events/0/1", new byte[0]), timeStated);
  }

  private static DecodedRecord deadLetter(DeadLetterClass why) {
    return DecodedRecord.of(
        new DeadLetterRecord(why, "reason", "events/0/2", /* customer= */ null, new byte[] {1}));
  }
}
