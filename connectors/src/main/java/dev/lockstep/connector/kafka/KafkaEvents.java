package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.event.EnvelopeLayout;
import org.apache.flink.connector.kafka.source.KafkaSource;

/** The event topics as a Flink source. */
public final class KafkaEvents {

  private KafkaEvents() {}

  /** Returns the consumer group by which an engine reads events. */
  public static String group(String engine) {
    return "lockstep-detection-" + engine;
  }

  /**
   * Returns a source of the records of {@code topic} from {@code from} on; after a restore Flink's
   * own offsets count. Only committed records are read.
   */
  public static KafkaSource<DecodedRecord> source(
      KafkaSettings settings, String topic, EnvelopeLayout layout, StartingPoint from) {
    return KafkaSource.<DecodedRecord>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setTopics(topic)
        .setGroupId(group(settings.engine()))
        .setClientIdPrefix("lockstep-" + settings.engine() + "-events")
        .setStartingOffsets(from.offsets())
        .setDeserializer(new EventDeserializer(layout))
        .setProperty("isolation.level", "read_committed")
        .setProperty("partition.discovery.interval.ms", "60000")
        .setProperties(settings.properties())
        .build();
  }
}
