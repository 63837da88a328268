package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.ComparedAlert;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a rescued alert as its engine would have, with one more header: {@code rescued}. */
final class RescuedAlertSerializer implements KafkaRecordSerializationSchema<ComparedAlert> {

  private static final long serialVersionUID = 1L;

  private final String liveTopic;

  RescuedAlertSerializer(String liveTopic) {
    this.liveTopic = liveTopic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ComparedAlert alert, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(liveTopic, alert.customer.getBytes(UTF_8), alert.json);
    record
        .headers()
        .add("alert-id", alert.alertId.getBytes(UTF_8))
        .add("engine", alert.engine.getBytes(UTF_8))
        .add("lane", Lane.LIVE.wireName().getBytes(UTF_8))
        .add("rule-id", alert.ruleId.getBytes(UTF_8))
        .add("rescued", "parity".getBytes(UTF_8));
    return record;
  }
}
