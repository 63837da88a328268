package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.connector.wire.StatusRecord;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * What the comparison of engines reads and writes. Consumer group and transactions are named after
 * the pair, so they are no engine's.
 */
public final class KafkaParity {

  private KafkaParity() {}

  /** Returns a source of the committed alerts of both lanes, of all engines. */
  public static KafkaSource<ComparedAlert> alerts(
      KafkaSettings settings, String pair, String liveTopic, String shadowTopic) {
    return KafkaSource.<ComparedAlert>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setTopics(List.of(liveTopic, shadowTopic))
        .setGroupId("lockstep-parity-" + pair)
        .setClientIdPrefix("lockstep-parity-" + pair)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new ComparedAlertDeserializer(liveTopic))
        .setProperty("isolation.level", "read_committed")
        .setProperty("partition.discovery.interval.ms", "60000")
        .setProperties(settings.properties())
        .build();
  }

  /** Returns a sink of rescued alerts into the live lane. */
  public static KafkaSink<ComparedAlert> rescued(
      KafkaSettings settings, String pair, String liveTopic) {
    return KafkaSinks.delivering(
        settings, "parity-rescued-" + pair, new RescuedAlertSerializer(liveTopic));
  }

  /** Returns a sink of verdicts and summaries, keyed by customer. */
  public static KafkaSink<StatusRecord> records(KafkaSettings settings, String pair, String topic) {
    return KafkaSinks.delivering(settings, "parity-" + pair, new StatusSerializer(topic));
  }
}
