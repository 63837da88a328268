package dev.lockstep.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All committed records of a topic, from the first one on. A consumer is silent when its broker is
 * away, so this one asks for the end now and then, and fails when nobody answers. Not safe for use
 * by several threads.
 */
final class WholeTopic implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WholeTopic.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration ASK_EVERY = Duration.ofSeconds(5);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private List<TopicPartition> partitions = List.of();
  private long askedNanos;

  private WholeTopic(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
  }

  /** Makes a client; it reaches for Kafka when it is asked to read. */
  static WholeTopic open(KafkaSettings settings, String topic) {
    String millis = Long.toString(PATIENCE.toMillis());
    String largest = Integer.toString(RulesPublisher.MAX_RECORD_BYTES);
    Properties properties = new Properties();
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("client.id", "lockstep-" + settings.engine() + "-rules");
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    properties.put("default.api.timeout.ms", millis);
    properties.put("request.timeout.ms", millis);
    properties.put("max.partition.fetch.bytes", largest);
    properties.putAll(settings.properties());
    return new WholeTopic(
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topic);
  }

  /**
   * Hands over all records that there are now.
   *
   * @throws IOException if there is no such topic, or reading does not go on
   * @throws KafkaException if Kafka does not answer
   */
  void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> each) throws IOException {
    partitions = partitions();
    if (partitions.isEmpty()) {
      throw new IOException("there is no topic " + topic);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    askedNanos = System.nanoTime();
    long progressNanos = System.nanoTime();
    while (!isAt(ends)) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      records.forEach(each);
      if (!records.isEmpty()) {
        progressNanos = System.nanoTime();
      } else if (System.nanoTime() - progressNanos > PATIENCE.toNanos()) {
        throw new IOException("Kafka gave no records for " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  /**
   * Waits a moment for more records and hands them over.
   *
   * @return whether there were any
   * @throws IOException if the topic has other partitions than before
   * @throws KafkaException if Kafka does not answer
   */
  boolean follow(Consumer<ConsumerRecord<byte[], byte[]>> each) throws IOException {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    records.forEach(each);
    if (System.nanoTime() - askedNanos > ASK_EVERY.toNanos()) {
      // The partitions are those that the client knows; only this one asks the brokers.
      consumer.endOffsets(partitions);
      if (!partitions().equals(partitions)) {
        throw new IOException("the topic has other partitions than before");
      }
      askedNanos = System.nanoTime();
    }
    return !records.isEmpty();
  }

  private List<TopicPartition> partitions() {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    try {
      consumer.close(Duration.ZERO);
    } catch (KafkaException | ConcurrentModificationException e) {
      LOG.debug("The consumer of topic {} did not close in order", topic, e);
    }
  }
}
