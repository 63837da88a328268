package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.event.EnvelopeLayout;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The event topics as a Flink source. */
public final class KafkaEvents {

  private KafkaEvents() {}

  /** Returns the consumer group by which an engine reads events. */
  public static String group(String engine) {
    return "lockstep-detection-" + engine;
  }

  /**
   * Returns a source of all records of {@code topic}, from the offsets that the engine's consumer
   * group has committed, else from the earliest; after a restore Flink's own offsets count. Only
   * committed records are read.
   */
  public static KafkaSource<DecodedRecord> source(
      KafkaSettings settings, String topic, EnvelopeLayout layout) {
    return KafkaSource.<DecodedRecord>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setTopics(topic)
        .setGroupId(group(settings.engine()))
        .setClientIdPrefix("lockstep-" + settings.engine() + "-events")
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new EventDeserializer(layout))
        .setProperty("isolation.level", "read_committed")
        .setProperty("partition.discovery.interval.ms", "60000")
        .setProperties(settings.properties())
        .build();
  }
}
