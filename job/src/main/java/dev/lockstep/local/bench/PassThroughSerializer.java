package dev.lockstep.local.bench;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the same bytes. */
final class PassThroughSerializer implements KafkaRecordSerializationSchema<PassedRecord> {

  private static final long serialVersionUID = 1L;

  private final String topic;

  PassThroughSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      PassedRecord record, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(topic, record.value);
  }
}
