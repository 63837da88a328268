package dev.lockstep.job.index;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.elasticsearch.RejectedDocuments;
import dev.lockstep.connector.kafka.DeadLetterProducer;
import dev.lockstep.connector.kafka.KafkaSettings;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.job.metrics.DeadLetterLog;
import java.io.IOException;

/**
 * Keeps what Elasticsearch refuses as dead letters in Kafka.
 *
 * @param <T> what documents are made of
 */
final class KafkaRejections<T> implements RejectedDocuments<T> {

  private final DeadLetterProducer producer;
  private final RefusedLetters<T> letters;
  private final DeadLetterLog log = new DeadLetterLog();

  private KafkaRejections(DeadLetterProducer producer, RefusedLetters<T> letters) {
    this.producer = producer;
    this.letters = letters;
  }

  static <T> Factory<T> factory(KafkaSettings kafka, String topic, RefusedLetters<T> letters) {
    return () -> new KafkaRejections<>(DeadLetterProducer.open(kafka, topic), letters);
  }

  @Override
  public void reject(RejectedDocument<T> document) throws IOException {
    DeadLetterRecord letter = letters.letter(document);
    log.note(letter.deadLetterClass, letter.origin, letter.reason);
    producer.send(letter);
  }

  @Override
  public void resolve(T input, String customer) throws IOException {
    producer.send(letters.note(input, customer));
  }

  @Override
  public void close() {
    producer.close();
  }
}
