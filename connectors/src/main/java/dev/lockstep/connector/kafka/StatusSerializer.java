package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.wire.StatusRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a status as its JSON under its key; one that is gone without a value. */
final class StatusSerializer implements KafkaRecordSerializationSchema<StatusRecord> {

  private static final long serialVersionUID = 1L;

  private final String topic;

  StatusSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      StatusRecord status, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic, status.key.getBytes(UTF_8), status.json.length == 0 ? null : status.json);
  }
}
