package dev.lockstep.job.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.wire.DeadLetterRecord;
import org.junit.jupiter.api.Test;

class KafkaRejectionsTest {

  @Test
  void saysWhichDocumentElasticsearchRefusedAndWhose() {
    DeadLetterRecord letter =
        KafkaRejections.letter(
            new RejectedDocument("index-1", "id-1", "acme", "{}", 400, "too long"));
    assertThat(letter.deadLetterClass).isEqualTo("REJECTED_BY_ELASTICSEARCH");
    assertThat(letter.reason).isEqualTo("Elasticsearch answered 400: too long");
    assertThat(letter.origin).isEqualTo("elasticsearch/index-1/id-1");
    assertThat(letter.customer).isEqualTo("acme");
    assertThat(letter.bytes).asString(UTF_8).isEqualTo("{}");
  }

  @Test
  void namesNoIndexAndNoCustomerForWhatIsNoAlert() {
    DeadLetterRecord letter =
        KafkaRejections.letter(new RejectedDocument(null, null, null, "x", 0, "not an alert"));
    assertThat(letter.reason).isEqualTo("not an alert");
    assertThat(letter.origin).isEqualTo("elasticsearch/-/-");
    assertThat(letter.customer).isNull();
  }

  @Test
  void keepsTheCustomerOfAnAlertThatMakesNoDocument() {
    DeadLetterRecord letter =
        KafkaRejections.letter(new RejectedDocument(null, null, "acme", "{}", 0, "no lane"));
    assertThat(letter.origin).isEqualTo("elasticsearch/-/-");
    assertThat(letter.customer).isEqualTo("acme");
  }
}
