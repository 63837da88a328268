package dev.lockstep.cli;

import dev.lockstep.connector.kafka.KafkaEvents;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** How many records of the topic of events engines have not yet covered with a checkpoint. */
final class EventLag implements AutoCloseable {
  private final Admin admin;
  private final String topic;

  private EventLag(Admin admin, String topic) {
    this.admin = admin;
    this.topic = topic;
  }

  static EventLag open(LockstepConfig config, Duration patience) throws IOException {
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.put("bootstrap.servers", config.kafka().bootstrapServers());
    properties.put("default.api.timeout.ms", millis);
    properties.put("request.timeout.ms", millis);
    properties.putAll(config.kafka().clientProperties());
    try {
      return new EventLag(Admin.create(properties), config.events().topic());
    } catch (KafkaException e) {
      throw new IOException("Kafka does not answer about offsets: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the number for an engine; null if the topic is not there, or the engine has never taken
   * a checkpoint with this Kafka.
   *
   * @throws IOException if Kafka does not answer
   */
  @Nullable Long of(String engine) throws IOException {
    try {
      Map<TopicPartition, OffsetAndMetadata> done =
          admin
              .listConsumerGroupOffsets(KafkaEvents.group(engine))
              .partitionsToOffsetAndMetadata()
              .get();
      Map<TopicPartition, Long> ends = ends();
      if (done.keySet().stream().noneMatch(ends::containsKey)) {
        return null;
      }
      long behind = 0;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        OffsetAndMetadata offset = done.get(end.getKey());
        behind += Math.max(0, end.getValue() - (offset == null ? 0 : offset.offset()));
      }
      return behind;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw new IOException("Kafka does not answer about offsets: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while asking for offsets", e);
    }
  }

  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted =
        admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
            .flatMap(described -> described.partitions().stream())
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition.partition()),
                    partition -> OffsetSpec.latest()));
    return admin.listOffsets(wanted).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, EventLag::offset));
  }

  private static Long offset(
      Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> end) {
    return end.getValue().offset();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
