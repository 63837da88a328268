package dev.lockstep.cli;

import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

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
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.put("bootstrap.servers", config.kafka().bootstrapServers());
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    // Where a record that a read begins with is deleted meanwhile, the next one is.
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    properties.put("default.api.timeout.ms", millis);
    properties.put("request.timeout.ms", millis);
    properties.putAll(config.kafka().clientProperties());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics) {
        consumer
            .partitionsFor(topic)
            .forEach(known -> partitions.add(new TopicPartition(topic, known.partition())));
      }
      read(consumer, partitions, from, patience, each);
      return partitions.stream().map(TopicPartition::topic).distinct().toList();
    } catch (KafkaException e) {
      throw new IOException("Kafka does not answer about " + topics + ": " + e.getMessage(), e);
    }
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Instant from,
      Duration patience,
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
    long sinceNanos = System.nanoTime();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      long before = position(consumer, partitions);
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      records.forEach(each);
      if (position(consumer, partitions) != before) {
        sinceNanos = System.nanoTime();
      } else if (System.nanoTime() - sinceNanos > patience.toNanos()) {
        throw new IOException("Kafka gave no records for " + patience.toSeconds() + " s");
      }
    }
  }

  /** Moves over the marks of transactions, too, which are no records. */
  private static long position(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    return partitions.stream().mapToLong(consumer::position).sum();
  }
}
