package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.event.EnvelopeLayout;
import java.time.Instant;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;

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
    return source(settings, topic, new EventDeserializer(layout), from);
  }

  /** Returns the same source of what {@code deserializer} makes of the records. */
  public static <T> KafkaSource<T> source(
      KafkaSettings settings,
      String topic,
      KafkaRecordDeserializationSchema<T> deserializer,
      StartingPoint from) {
    return endless(settings, topic, deserializer, from)
        .setGroupId(group(settings.engine()))
        .setClientIdPrefix("lockstep-" + settings.engine() + "-events")
        .setProperties(settings.properties())
        .build();
  }

  /** Returns the consumer group by which an engine reads events to index them. */
  public static String indexGroup(String engine) {
    return "lockstep-event-index-" + engine;
  }

  /**
   * Returns a source of the same records for the event index, with a progress of its own; after a
   * restore Flink's own offsets count.
   */
  public static KafkaSource<DecodedRecord> toIndex(
      KafkaSettings settings, String topic, EnvelopeLayout layout, StartingPoint from) {
    return endless(settings, topic, new EventDeserializer(layout), from)
        .setGroupId(indexGroup(settings.engine()))
        .setClientIdPrefix("lockstep-" + settings.engine() + "-events-to-index")
        .setProperties(settings.properties())
        .build();
  }

  /**
   * Returns a source that ends: the records of {@code topic} that were written from then on, until
   * then, or to where the topic ends now. It has no consumer group: nobody's progress moves.
   */
  public static KafkaSource<DecodedRecord> past(
      KafkaSettings settings, String topic, EnvelopeLayout layout, Instant from, Instant until) {
    return builder(settings, topic, new EventDeserializer(layout))
        .setClientIdPrefix("lockstep-" + settings.engine() + "-backtest")
        .setStartingOffsets(OffsetsInitializer.timestamp(from.toEpochMilli()))
        .setBounded(OffsetsInitializer.timestamp(until.toEpochMilli()))
        .setProperties(settings.properties())
        .build();
  }

  private static <T> KafkaSourceBuilder<T> endless(
      KafkaSettings settings,
      String topic,
      KafkaRecordDeserializationSchema<T> deserializer,
      StartingPoint from) {
    return builder(settings, topic, deserializer)
        .setStartingOffsets(from.offsets())
        .setProperty("partition.discovery.interval.ms", "60000");
  }

  private static <T> KafkaSourceBuilder<T> builder(
      KafkaSettings settings, String topic, KafkaRecordDeserializationSchema<T> deserializer) {
    return KafkaSource.<T>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setTopics(topic)
        .setDeserializer(deserializer)
        .setProperty("isolation.level", "read_committed");
  }
}
