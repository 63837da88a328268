package dev.lockstep.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics of dead letters for a person who looks into them: committed records only, without a
 * consumer group, and no longer than Kafka is silent for the time that is given. Not safe for use
 * by several threads.
 */
public final class DeadLetterFile implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicClient client;

  private DeadLetterFile(KafkaConsumer<byte[], byte[]> consumer, TopicClient client) {
    this.consumer = consumer;
    this.client = client;
  }

  /**
   * Opens them.
   *
   * @param patience how long Kafka may not answer
   * @throws IOException if the settings reach nothing
   */
  public static DeadLetterFile open(KafkaSettings settings, Duration patience) throws IOException {
    try {
      TopicClient client = new TopicClient(patience);
      return new DeadLetterFile(client.consumer(settings, "none"), client);
    } catch (KafkaException e) {
      throw failure(settings.bootstrapServers(), e);
    }
  }

  /**
   * Hands over each letter and command from the beginning of the topic to its present end.
   *
   * @return false if there is no such topic
   * @throws IOException if Kafka does not answer in time
   */
  public boolean read(String topic, Consumer<FiledLetter> each) throws IOException {
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      readTo(ends, each);
      return !partitions.isEmpty();
    } catch (KafkaException e) {
      throw failure(topic, e);
    }
  }

  /**
   * Returns the letter or command at a place, or nothing when there is none.
   *
   * @throws IOException if Kafka does not answer in time
   */
  public Optional<FiledLetter> at(LetterPlace place) throws IOException {
    TopicPartition partition = place.topicPartition();
    try {
      boolean exists =
          consumer.partitionsFor(place.topic()).stream()
              .anyMatch(each -> each.partition() == place.partition());
      if (!exists) {
        return Optional.empty();
      }
      consumer.assign(List.of(partition));
      long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      if (place.offset() < begin || place.offset() >= end) {
        return Optional.empty();
      }
      consumer.seek(partition, place.offset());
      return first(place, end);
    } catch (KafkaException e) {
      throw failure(place.topic(), e);
    }
  }

  private Optional<FiledLetter> first(LetterPlace place, long end) throws IOException {
    client.begin();
    while (consumer.position(place.topicPartition()) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        return record.offset() == place.offset()
            ? DeadLetterReader.read(record).map(letter -> FiledLetter.of(record, letter))
            : Optional.empty();
      }
      client.requireProgress(consumer.position(place.topicPartition()));
    }
    return Optional.empty();
  }

  private void readTo(Map<TopicPartition, Long> ends, Consumer<FiledLetter> each)
      throws IOException {
    client.begin();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.getOrDefault(partition(record), 0L)) {
          DeadLetterReader.read(record)
              .ifPresent(letter -> each.accept(FiledLetter.of(record, letter)));
        }
      }
      client.requireProgress(ends.keySet().stream().mapToLong(consumer::position).sum());
    }
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private static IOException failure(String what, KafkaException e) {
    return new IOException("Kafka does not answer about " + what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
