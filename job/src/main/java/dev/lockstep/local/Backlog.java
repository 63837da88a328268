package dev.lockstep.local;

import dev.lockstep.connector.kafka.KafkaEvents;
import dev.lockstep.job.config.LockstepConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** What has been sent to the engine and is not yet committed by it. */
public final class Backlog implements AutoCloseable {

  private final LockstepConfig config;
  private final Admin admin;

  public Backlog(LockstepConfig config) {
    this.config = config;
    this.admin = Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()));
  }

  /**
   * Returns how many events the engine has not yet covered with a checkpoint.
   *
   * @throws IllegalStateException if Kafka does not answer
   */
  public long events() throws InterruptedException {
    return events(Map.of());
  }

  /**
   * Returns how many events are neither covered by a checkpoint nor before the offset of their
   * partition in {@code alsoRead}.
   *
   * @throws IllegalStateException if Kafka does not answer
   */
  long events(Map<Integer, Long> alsoRead) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(KafkaEvents.group(config.engine()))
              .partitionsToOffsetAndMetadata()
              .get();
      return ends(List.of(config.events().topic()), IsolationLevel.READ_UNCOMMITTED)
          .entrySet()
          .stream()
          .mapToLong(
              end -> {
                OffsetAndMetadata done = committed.get(end.getKey());
                long read = alsoRead.getOrDefault(end.getKey().partition(), 0L);
                return end.getValue() - Math.max(done == null ? 0 : done.offset(), read);
              })
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not tell offsets: " + e.getMessage(), e);
    }
  }

  /** Returns whether a transaction with records is open on an output topic. */
  public boolean hasOpenTransactions() throws InterruptedException {
    List<String> topics = new ArrayList<>(config.alerts().topics());
    topics.add(config.deadLetters().topic());
    topics.add(config.deadLetters().parkedTopic());
    try {
      return !ends(topics, IsolationLevel.READ_COMMITTED)
          .equals(ends(topics, IsolationLevel.READ_UNCOMMITTED));
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not tell offsets: " + e.getMessage(), e);
    }
  }

  private Map<TopicPartition, Long> ends(List<String> topics, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    return ends(admin, topics, isolation);
  }

  /** Returns where a reader finds the end of each partition of the topics. */
  static Map<TopicPartition, Long> ends(
      Admin admin, Collection<String> topics, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        wanted.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(wanted, new ListOffsetsOptions(isolation))
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  @Override
  public void close() {
    admin.close();
  }
}
