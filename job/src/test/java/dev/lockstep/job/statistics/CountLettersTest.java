package dev.lockstep.job.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.job.state.HourlyCounts;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CountLettersTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  @Test
  void countsByWhenTheEventWasElseWhenItsRecordWasWritten() throws Exception {
    EventRecord event = new EventRecord("acme", "e", HOUR + 1, "events/0/1", new byte[0]);
    event.transport = recorded(5 * HOUR);
    DeadLetterRecord ofNobody =
        new DeadLetterRecord(
            DeadLetterClass.MALFORMED, "", "events/0/2", /* customer= */ null, new byte[0]);
    ofNobody.transport = recorded(2 * HOUR);
    try (var harness = start()) {
      harness.processElement(DeadLetterRecord.about(event, DeadLetterClass.RULE_ERROR, "no"), 0);
      harness.processElement(ofNobody, 0);
      harness.processElement(ofNobody, 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.prepareSnapshotPreBarrier(1);

      List<CustomerCounts> told = harness.extractOutputValues();
      assertThat(of(told, "acme", HOUR, "RULE_ERROR")).isEqualTo(1);
      assertThat(of(told, "", 2 * HOUR, "MALFORMED")).isEqualTo(2);
      assertThat(told).hasSize(2);
    }
  }

  @Test
  void countsNeitherFurtherTriesNorCommands() throws Exception {
    DeadLetterRecord letter =
        new DeadLetterRecord(DeadLetterClass.RULE_ERROR, "", "events/0/1", "acme", new byte[0]);
    try (var harness = start()) {
      harness.processElement(letter.atAttempt(1), 0);
      harness.processElement(letter.withCommand(LetterCommand.RESOLVED), 0);
      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void tellsWhatIsLeftAtTheEnd() throws Exception {
    DeadLetterRecord letter =
        new DeadLetterRecord(DeadLetterClass.LATE, "", "events/0/1", "acme", new byte[0]);
    letter.occurredAtMillis = HOUR;
    try (var harness = start()) {
      harness.processElement(letter, 0);
      harness.getOneInputOperator().finish();
      assertThat(of(harness.extractOutputValues(), "acme", HOUR, "LATE")).isEqualTo(1);
    }
  }

  private static long of(List<CustomerCounts> told, String customer, long from, String why) {
    Counts sum = HourlyCounts.sum(told, customer, from);
    return sum.of(Counted.DEAD_LETTERS, why);
  }

  private static Transport recorded(long millis) {
    return new Transport(/* key= */ null, millis, RecordHeaders.NONE);
  }

  private static OneInputStreamOperatorTestHarness<DeadLetterRecord, CustomerCounts> start()
      throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<>(new CountLetters(HOUR));
    harness.open();
    return harness;
  }
}
