package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.job.config.LockstepConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the committed records of the alert and dead-letter topics from their beginning. */
final class AlertTail implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final LockstepConfig config;
  private final DemoTally tally;
  private final Consumer<Alert> onAlert;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::run, "alert-tail");
  private volatile boolean stopped;
  private volatile boolean atEnd;

  /**
   * @param onAlert told of each alert in the tail's own thread
   */
  AlertTail(LockstepConfig config, DemoTally tally, Consumer<Alert> onAlert) {
    this.config = config;
    this.tally = tally;
    this.onAlert = onAlert;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", config.kafka().bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    thread.setDaemon(true);
  }

  void start() {
    List<TopicPartition> partitions = new ArrayList<>();
    List<String> topics = new ArrayList<>(config.alerts().topics());
    topics.add(config.deadLettersTopic());
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  /** Returns whether the last poll reached the last committed record of every partition. */
  boolean isAtEnd() {
    return atEnd;
  }

  private void run() {
    while (!stopped) {
      consumer.poll(POLL).forEach(this::take);
      atEnd =
          consumer.endOffsets(consumer.assignment()).entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
    consumer.close(Duration.ofSeconds(1));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(config.deadLettersTopic())) {
      Header kind = record.headers().lastHeader("class");
      tally.addDeadLetter(kind == null ? "?" : new String(kind.value(), UTF_8));
      return;
    }
    Alert alert = AlertJson.read(record.value());
    boolean live = record.topic().equals(config.alerts().topic(Lane.LIVE));
    tally.add(alert, live ? Lane.LIVE : Lane.SHADOW);
    onAlert.accept(alert);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
