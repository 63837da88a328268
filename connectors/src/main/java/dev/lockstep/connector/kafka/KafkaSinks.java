package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.StatusRecord;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;

/** The sinks for what is neither event nor alert, and what all our Kafka sinks have in common. */
public final class KafkaSinks {

  /** The client's own 16 kB are eight alerts, and each batch a request; 256 kB cost latency. */
  private static final int BATCH_BYTES = 64 * 1024;

  private KafkaSinks() {}

  /** Returns a sink of dead letters, delivered like alerts. */
  public static KafkaSink<DeadLetterRecord> deadLetters(KafkaSettings settings, String topic) {
    return delivering(settings, "dead-letters", new DeadLetterSerializer(topic, settings.engine()));
  }

  /**
   * Returns a sink of status records. At least once is enough: a status that is written twice says
   * the same thing twice, and people should not wait for a checkpoint to see it.
   */
  public static KafkaSink<StatusRecord> status(KafkaSettings settings, String topic) {
    return builder(settings, new StatusSerializer(topic))
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /**
   * Returns a sink with the configured guarantee.
   *
   * @param output names the transactions together with the engine: two sinks of one broker must
   *     never share a prefix, or they abort each other's transactions
   */
  public static <T> KafkaSink<T> delivering(
      KafkaSettings settings, String output, KafkaRecordSerializationSchema<T> serializer) {
    return builder(settings, serializer)
        .setDeliveryGuarantee(settings.guarantee())
        .setTransactionalIdPrefix("lockstep-" + settings.engine() + "-" + output)
        .build();
  }

  private static <T> KafkaSinkBuilder<T> builder(
      KafkaSettings settings, KafkaRecordSerializationSchema<T> serializer) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setRecordSerializer(serializer)
        .setProperty(
            "transaction.timeout.ms", Long.toString(settings.transactionTimeout().toMillis()))
        .setProperty("compression.type", "lz4")
        .setProperty("linger.ms", "5")
        .setProperty("batch.size", Integer.toString(BATCH_BYTES))
        .setKafkaProducerConfig(settings.properties());
  }
}
