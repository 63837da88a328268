package dev.lockstep.job.index;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.elasticsearch.RejectedDocuments;
import dev.lockstep.connector.kafka.DeadLetterProducer;
import dev.lockstep.connector.kafka.KafkaSettings;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.digest.Sha256;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.metrics.DeadLetterLog;
import java.io.IOException;

/** Keeps what Elasticsearch refuses as dead letters in Kafka. */
final class KafkaRejections implements RejectedDocuments {

  private final DeadLetterProducer producer;
  private final DeadLetterLog log = new DeadLetterLog();

  private KafkaRejections(DeadLetterProducer producer) {
    this.producer = producer;
  }

  static Factory factory(KafkaSettings kafka, String topic) {
    return () -> new KafkaRejections(DeadLetterProducer.open(kafka, topic));
  }

  @Override
  public void reject(RejectedDocument document) throws IOException {
    DeadLetterRecord letter = letter(document);
    log.note(letter.deadLetterClass, letter.origin, letter.reason);
    producer.send(letter);
  }

  static DeadLetterRecord letter(RejectedDocument document) {
    String reason =
        document.status() == 0
            ? document.reason()
            : "Elasticsearch answered " + document.status() + ": " + document.reason();
    DeadLetterRecord letter =
        new DeadLetterRecord(
            DeadLetterClass.REJECTED_BY_ELASTICSEARCH,
            reason,
            origin(document),
            document.customer(),
            document.input().json);
    letter.attempt = document.input().attempt;
    return letter;
  }

  @Override
  public void resolve(IndexRecord input, String customer) throws IOException {
    producer.send(note(input, customer));
  }

  static DeadLetterRecord note(IndexRecord input, String customer) {
    DeadLetterRecord letter =
        new DeadLetterRecord(
            DeadLetterClass.REJECTED_BY_ELASTICSEARCH,
            "",
            String.valueOf(input.letterOrigin),
            customer,
            new byte[0]);
    letter.attempt = input.attempt;
    return DeadLetterRecord.resolved(letter);
  }

  /** The same for every try, and another for every input: letters are told apart by it. */
  private static String origin(RejectedDocument document) {
    if (document.input().letterOrigin != null) {
      return document.input().letterOrigin;
    }
    String id = document.id();
    return "elasticsearch/"
        + (document.index() == null ? "-" : document.index())
        + "/"
        + (id == null ? Sha256.hex(document.source(), 16) : id);
  }

  @Override
  public void close() {
    producer.close();
  }
}
