package dev.lockstep.cli;

import dev.lockstep.connector.kafka.TopicClient;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows the topics of engines and rules into a ledger, from their beginning, without a consumer
 * group. Not safe for use by several threads.
 */
final class StatusTopics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String engineTopic;
  private final String ruleTopic;
  private final TopicClient client;
  private final StatusLedger ledger;
  private final Set<String> missing = new HashSet<>();
  private final List<TopicPartition> assigned = new ArrayList<>();
  private long lookedNanos;

  private StatusTopics(LockstepConfig config, TopicClient client, StatusLedger ledger) {
    this.consumer = client.consumer(config.kafka(), "earliest");
    this.client = client;
    this.ledger = ledger;
    this.engineTopic = config.engineStatusTopic();
    this.ruleTopic = config.ruleStatusTopic();
    missing.addAll(List.of(engineTopic, ruleTopic));
  }

  /**
   * Opens them and reads to their present end.
   *
   * @param patience how long Kafka may not answer
   * @throws IOException if it does not
   */
  static StatusTopics open(LockstepConfig config, Duration patience) throws IOException {
    return open(config, patience, new StatusLedger());
  }

  /**
   * Opens them and reads to their present end, into a ledger.
   *
   * @param patience how long Kafka may not answer
   * @throws IOException if it does not
   */
  static StatusTopics open(LockstepConfig config, Duration patience, StatusLedger ledger)
      throws IOException {
    try {
      StatusTopics topics = new StatusTopics(config, new TopicClient(patience), ledger);
      try {
        topics.lookForMissing();
        topics.readToEnd();
        return topics;
      } catch (IOException | RuntimeException e) {
        topics.close();
        throw e;
      }
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /** What is known so far. */
  StatusLedger ledger() {
    return ledger;
  }

  /** Topics that are not there. */
  List<String> missingTopics() {
    return missing.stream().sorted().toList();
  }

  /**
   * Returns as soon as there are new records, or after a fraction of a second.
   *
   * @throws IOException if Kafka does not answer
   */
  void follow() throws IOException {
    try {
      if (!missing.isEmpty() && System.nanoTime() - lookedNanos > LOOK_AGAIN.toNanos()) {
        lookForMissing();
      }
      if (assigned.isEmpty()) {
        Thread.sleep(POLL.toMillis());
      } else {
        poll();
      }
    } catch (KafkaException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for a status", e);
    }
  }

  /**
   * Makes sure that silence means that there is nothing new.
   *
   * @throws IOException if Kafka does not answer
   */
  void requireAnswer() throws IOException {
    try {
      consumer.listTopics();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private void lookForMissing() {
    lookedNanos = System.nanoTime();
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : missingTopics()) {
      consumer
          .partitionsFor(topic)
          .forEach(each -> found.add(new TopicPartition(topic, each.partition())));
    }
    if (!found.isEmpty()) {
      found.forEach(partition -> missing.remove(partition.topic()));
      assigned.addAll(found);
      // Those that are assigned already keep their positions.
      consumer.assign(assigned);
      consumer.seekToBeginning(found);
    }
  }

  private void readToEnd() throws IOException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
    client.begin();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll();
      client.requireProgress(ends.keySet().stream().mapToLong(consumer::position).sum());
    }
  }

  private void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.topic().equals(engineTopic)) {
        ledger.engine(record.key(), record.value());
      } else {
        ledger.rule(record.key(), record.value());
      }
    }
  }

  private static IOException failure(KafkaException e) {
    return new IOException("Kafka does not answer about the status: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
