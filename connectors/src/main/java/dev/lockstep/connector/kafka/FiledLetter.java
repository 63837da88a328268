package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.DeadLetterRecord;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A letter or command in its topic.
 *
 * @param writtenAt when it was written there
 */
public record FiledLetter(LetterPlace place, Instant writtenAt, DeadLetterRecord letter) {

  static FiledLetter of(ConsumerRecord<byte[], byte[]> record, DeadLetterRecord letter) {
    return new FiledLetter(
        new LetterPlace(record.topic(), record.partition(), record.offset()),
        Instant.ofEpochMilli(Math.max(record.timestamp(), 0)),
        letter);
  }
}
