package dev.lockstep.cli;

import dev.lockstep.connector.kafka.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of topics from the first to the present end, without a group. */
final class TopicTail implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Duration patience;

  private TopicTail(KafkaConsumer<byte[], byte[]> consumer, Duration patience) {
    this.consumer = consumer;
    this.patience = patience;
  }

  static TopicTail open(KafkaSettings settings, Duration patience) throws IOException {
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    properties.put("default.api.timeout.ms", millis);
    properties.put("request.timeout.ms", millis);
    properties.putAll(settings.clientProperties());
    try {
      return new TopicTail(
          new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
          patience);
    } catch (KafkaException e) {
      throw failure("Kafka", e);
    }
  }

  /**
   * Hands over all records that there are now; none of a topic that is not there.
   *
   * @throws IOException if Kafka does not answer
   */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) throws IOException {
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long progressNanos = System.nanoTime();
      while (!isAt(ends)) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        records.forEach(each);
        if (!records.isEmpty()) {
          progressNanos = System.nanoTime();
        } else if (System.nanoTime() - progressNanos > patience.toNanos()) {
          throw new IOException(
              "Kafka gave no records of %s for %d s".formatted(topic, patience.toSeconds()));
        }
      }
    } catch (KafkaException e) {
      throw failure(topic, e);
    }
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static IOException failure(String what, KafkaException e) {
    return new IOException("Kafka does not answer about " + what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
