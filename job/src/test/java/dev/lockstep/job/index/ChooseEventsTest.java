package dev.lockstep.job.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.metrics.RecordedMetrics;
import java.util.List;
import java.util.Set;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ChooseEventsTest {

  private final RecordedMetrics metrics = new RecordedMetrics();

  @Test
  void sendsOnTheEventsOfThoseCustomersAndCountsTheOthers() throws Exception {
    assertThat(chosen(Set.of("acme", "globex"), event("acme"), event("other"), event("globex")))
        .containsExactly("acme", "globex");
    assertThat(metrics.count("customer=acme/eventsToIndex")).isEqualTo(1);
    assertThat(metrics.count("customer=globex/eventsToIndex")).isEqualTo(1);
    assertThat(metrics.count("eventsLeftOut")).isEqualTo(1);
  }

  @Test
  void sendsOnTheEventsOfAll() throws Exception {
    assertThat(chosen(Set.of("*"), event("acme"), event("other"))).containsExactly("acme", "other");
    assertThat(metrics.count("eventsLeftOut")).isZero();
  }

  @Test
  void countsWhatIsNoEventAndMakesNoSecondLetterOfIt() throws Exception {
    DecodedRecord letter =
        DecodedRecord.of(
            new DeadLetterRecord(
                DeadLetterClass.MALFORMED, "no JSON", "events/0/1", null, new byte[0]));
    assertThat(chosen(Set.of("*"), letter, event("acme"))).containsExactly("acme");
    assertThat(metrics.count("recordsWithoutEvent")).isEqualTo(1);
  }

  private List<String> chosen(Set<String> customers, DecodedRecord... records) throws Exception {
    RecordedMetrics recorded = metrics;
    try (OneInputStreamOperatorTestHarness<DecodedRecord, EventToIndex> harness =
        new OneInputStreamOperatorTestHarness<>(
            new StreamFlatMap<>(new ChooseEvents("blue", customers)) {
              @Override
              public OperatorMetricGroup getMetricGroup() {
                return recorded;
              }
            })) {
      harness.open();
      for (DecodedRecord record : records) {
        harness.processElement(record, 0);
      }
      return harness.extractOutputValues().stream().map(each -> each.event.customer).toList();
    }
  }

  private static DecodedRecord event(String customer) {
    return DecodedRecord.of(
        new EventRecord(customer, "e", 0, "events/0/0", "{}".getBytes(UTF_8)),
        /* timeStated= */ true);
  }
}
