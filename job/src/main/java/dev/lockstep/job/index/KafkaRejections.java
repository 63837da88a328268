package dev.lockstep.job.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.elasticsearch.RejectedDocuments;
import dev.lockstep.connector.kafka.DeadLetterProducer;
import dev.lockstep.connector.kafka.KafkaSettings;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.event.DeadLetterClass;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Keeps what Elasticsearch refuses as dead letters in Kafka. */
final class KafkaRejections implements RejectedDocuments {

  private final DeadLetterProducer producer;

  private KafkaRejections(DeadLetterProducer producer) {
    this.producer = producer;
  }

  static Factory factory(KafkaSettings kafka, String topic) {
    return () -> new KafkaRejections(DeadLetterProducer.open(kafka, topic));
  }

  @Override
  public void reject(RejectedDocument document) throws IOException {
    producer.send(letter(document));
  }

  static DeadLetterRecord letter(RejectedDocument document) {
    String reason =
        document.status() == 0
            ? document.reason()
            : "Elasticsearch answered " + document.status() + ": " + document.reason();
    return new DeadLetterRecord(
        DeadLetterClass.REJECTED_BY_ELASTICSEARCH,
        reason,
        "elasticsearch/" + orDash(document.index()) + "/" + orDash(document.id()),
        document.customer(),
        document.source().getBytes(UTF_8));
  }

  private static String orDash(@Nullable String part) {
    return part == null ? "-" : part;
  }

  @Override
  public void close() {
    producer.close();
  }
}
