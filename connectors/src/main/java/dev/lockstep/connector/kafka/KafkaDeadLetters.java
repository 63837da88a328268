package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.DeadLetterRecord;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The topics of dead letters, as the jobs that try them again read and write them. */
public final class KafkaDeadLetters {

  private KafkaDeadLetters() {}

  /**
   * Returns a source of the engine's own letters and commands, from the offsets that this reader
   * has committed, else from the earliest; after a restore Flink's own offsets count.
   *
   * @param reader names the consumer group together with the engine
   */
  public static KafkaSource<DeadLetterRecord> source(
      KafkaSettings settings, String topic, String reader) {
    return KafkaSource.<DeadLetterRecord>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setTopics(topic)
        .setGroupId("lockstep-" + reader + "-" + settings.engine())
        .setClientIdPrefix("lockstep-" + settings.engine() + "-" + reader)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new DeadLetterDeserializer(settings.engine()))
        .setProperty("isolation.level", "read_committed")
        .setProperty("partition.discovery.interval.ms", "60000")
        .setProperties(settings.properties())
        .build();
  }

  /**
   * Returns a sink of letters that are tried no more.
   *
   * @param writer names the transactions together with the engine
   */
  public static KafkaSink<DeadLetterRecord> parked(
      KafkaSettings settings, String topic, String writer) {
    return KafkaSinks.delivering(
        settings, writer + "-parked", new DeadLetterSerializer(topic, settings.engine()));
  }
}
