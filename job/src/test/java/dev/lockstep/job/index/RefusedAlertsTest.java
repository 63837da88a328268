package dev.lockstep.job.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.IndexRecord;
import org.junit.jupiter.api.Test;

class RefusedAlertsTest {

  private final RefusedAlerts letters = new RefusedAlerts();

  @Test
  void saysWhichDocumentElasticsearchRefusedAndWhose() {
    DeadLetterRecord letter =
        letters.letter(
            new RejectedDocument<>("index-1", "id-1", "acme", record("{}"), 400, "too long"));
    assertThat(letter.deadLetterClass).isEqualTo("REJECTED_BY_ELASTICSEARCH");
    assertThat(letter.reason).isEqualTo("Elasticsearch answered 400: too long");
    assertThat(letter.origin).isEqualTo("elasticsearch/index-1/id-1");
    assertThat(letter.customer).isEqualTo("acme");
    assertThat(letter.bytes).asString(UTF_8).isEqualTo("{}");
  }

  @Test
  void namesNoIndexAndNoCustomerForWhatIsNoAlert() {
    DeadLetterRecord letter =
        letters.letter(new RejectedDocument<>(null, null, null, record("x"), 0, "not an alert"));
    assertThat(letter.reason).isEqualTo("not an alert");
    assertThat(letter.origin)
        .startsWith("elasticsearch/-/")
        .hasSize("elasticsearch/-/".length() + 32);
    assertThat(letter.customer).isNull();
  }

  @Test
  void keepsTheCustomerOfAnAlertThatMakesNoDocument() {
    DeadLetterRecord letter =
        letters.letter(new RejectedDocument<>(null, null, "acme", record("{}"), 0, "no lane"));
    assertThat(letter.origin)
        .startsWith("elasticsearch/-/")
        .hasSize("elasticsearch/-/".length() + 32);
    assertThat(letter.customer).isEqualTo("acme");
  }

  @Test
  void staysTheSameLetterWhenItIsRefusedAgain() {
    DeadLetterRecord first =
        letters.letter(new RejectedDocument<>(null, null, null, record("x"), 0, "not an alert"));
    DeadLetterRecord other =
        letters.letter(new RejectedDocument<>(null, null, null, record("y"), 0, "not an alert"));
    DeadLetterRecord again =
        letters.letter(
            new RejectedDocument<>(
                "index-1", "id-1", "acme", IndexRecord.again(first.atAttempt(1)), 400, "long"));
    assertThat(again.identity()).isEqualTo(first.identity()).isNotEqualTo(other.identity());
    assertThat(first.attempt).isZero();
    assertThat(again.attempt).isEqualTo(1);
  }

  @Test
  void namesTheLetterThatIsResolved() {
    DeadLetterRecord letter =
        letters.letter(
            new RejectedDocument<>("index-1", "id-1", "acme", record("{}"), 400, "too long"));
    DeadLetterRecord note = letters.note(IndexRecord.again(letter.atAttempt(1)), "acme");
    assertThat(note.command).isEqualTo("resolved");
    assertThat(note.identity()).isEqualTo(letter.identity());
    assertThat(note.customer).isEqualTo("acme");
    assertThat(note.bytes).isEmpty();
  }

  private static IndexRecord record(String json) {
    return IndexRecord.of(json.getBytes(UTF_8));
  }
}
