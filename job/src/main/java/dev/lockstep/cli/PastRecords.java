package dev.lockstep.cli;

import dev.lockstep.connector.kafka.TopicClient;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads what topics hold at this moment, committed records only, without a consumer group. */
final class PastRecords {
  private static final Duration POLL = Duration.ofMillis(200);

  private PastRecords() {}

  /**
   * Hands over all records from a time on, those of a partition in their order.
   *
   * @param from records that were written then or later
   * @param patience how long Kafka may not answer
   * @return which of the topics are there
   * @throws IOException if Kafka does not answer
   */
  static List<String> read(
      LockstepConfig config,
      List<String> topics,
      Instant from,
      Duration patience,
      Consumer<ConsumerRecord<byte[], byte[]>> each)
      throws IOException {
    TopicClient client = new TopicClient(patience);
    // Where a record that a read begins with is deleted meanwhile, the next one is.
    try (KafkaConsumer<byte[], byte[]> consumer = client.consumer(config.kafka(), "earliest")) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        consumer
            .partitionsFor(topic)
            .forEach(known -> partitions.add(new TopicPartition(topic, known.partition())));
      }
      read(consumer, partitions, from, client, each);
      return partitions.stream().map(TopicPartition::topic).distinct().toList();
    } catch (KafkaException e) {
      throw new IOException("Kafka does not answer about " + topics + ": " + e.getMessage(), e);
    }
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Instant from,
      TopicClient client,
      Consumer<ConsumerRecord<byte[], byte[]>> each)
      throws IOException {
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> begins =
        consumer.offsetsForTimes(
            partitions.stream()
                .collect(Collectors.toMap(partition -> partition, key -> from.toEpochMilli())));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp begin = begins.get(partition);
      consumer.seek(partition, begin == null ? ends.getOrDefault(partition, 0L) : begin.offset());
    }
    client.begin();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(each);
      client.requireProgress(partitions.stream().mapToLong(consumer::position).sum());
    }
  }
}
