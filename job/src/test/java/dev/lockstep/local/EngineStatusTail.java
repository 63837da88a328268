package dev.lockstep.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the status of an engine as it comes. */
final class EngineStatusTail implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaConsumer<byte[], byte[]> consumer;

  EngineStatusTail(LockstepConfig config) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", config.kafka().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = List.of(new TopicPartition(config.engineStatusTopic(), 0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits until the bundle of this version is in force on all subtasks; returns its status. */
  JsonNode awaitInForce(String version) throws Exception {
    JsonNode[] found = new JsonNode[1];
    LocalSystem.await(
        "bundle " + version,
        () -> {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            JsonNode bundle = bundle(record);
            if (bundle.path("version").asText().equals(version) && bundle.has("in_force_at")) {
              found[0] = bundle;
            }
          }
          return found[0] != null;
        });
    return found[0];
  }

  private static JsonNode bundle(ConsumerRecord<byte[], byte[]> record) throws IOException {
    // Statistics of customers, which lie there, too, have none, and may be gone.
    return record.value() == null
        ? MissingNode.getInstance()
        : JSON.readTree(record.value()).path("bundle");
  }

  @Override
  public void close() {
    consumer.close();
  }
}
