package dev.lockstep.connector.kafka;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.AlertRecord;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** The alert topics, both ways. */
public final class KafkaAlerts {

  private KafkaAlerts() {}

  /**
   * Returns a sink of one lane's alerts, keyed by customer, with the headers {@code alert-id},
   * {@code engine}, {@code lane} and {@code rule-id}.
   */
  public static KafkaSink<AlertRecord> sink(KafkaSettings settings, Lane lane, String topic) {
    return KafkaSinks.delivering(
        settings, "alerts-" + lane.wireName(), new AlertSerializer(topic, settings.engine(), lane));
  }

  /** Returns a source of the committed alerts of these topics, as their JSON bytes. */
  public static KafkaSource<byte[]> committed(KafkaSettings settings, List<String> topics) {
    return KafkaSource.<byte[]>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setTopics(topics)
        .setGroupId("lockstep-index-" + settings.engine())
        .setClientIdPrefix("lockstep-" + settings.engine() + "-index")
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setValueOnlyDeserializer(new BytesDeserializer())
        .setProperty("isolation.level", "read_committed")
        .setProperty("partition.discovery.interval.ms", "60000")
        .setProperties(settings.properties())
        .build();
  }
}
