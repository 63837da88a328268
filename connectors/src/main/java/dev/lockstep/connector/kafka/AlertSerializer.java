package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.AlertRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes an alert as its JSON, keyed by customer, named by headers. */
final class AlertSerializer implements KafkaRecordSerializationSchema<AlertRecord> {

  private static final long serialVersionUID = 1L;

  private final String topic;
  private final String engine;
  private final Lane lane;

  AlertSerializer(String topic, String engine, Lane lane) {
    this.topic = topic;
    this.engine = engine;
    this.lane = lane;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      AlertRecord alert, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, alert.customer.getBytes(UTF_8), alert.json);
    record
        .headers()
        .add("alert-id", alert.alertId.getBytes(UTF_8))
        .add("engine", engine.getBytes(UTF_8))
        .add("lane", lane.wireName().getBytes(UTF_8))
        .add("rule-id", alert.ruleId.getBytes(UTF_8));
    return record;
  }
}
