package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.statistics.CustomerStatisticsJson;
import dev.lockstep.statistics.StatisticsKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Follows what the engine puts out, from the beginning: committed alerts and dead letters, the
 * status of rules, and statistics. Counts it, and shows what a person should see.
 */
final class AlertTail implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final LockstepConfig config;
  private final DemoTally tally;
  private final DemoConsole console;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::run, "alert-tail");
  private volatile boolean stopped;
  private volatile boolean atEnd;
  private volatile @Nullable RuntimeException failure;
  private String flagsInForce = "";
  private boolean firstBundleSeen;

  AlertTail(LockstepConfig config, DemoTally tally, DemoConsole console) {
    this.config = config;
    this.tally = tally;
    this.console = console;
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
    topics.add(config.ruleStatusTopic());
    topics.add(config.engineStatusTopic());
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
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("Reading the alerts failed: " + failed.getMessage(), failed);
    }
    return atEnd;
  }

  private void run() {
    try {
      follow();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void follow() {
    while (!stopped) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      records.forEach(this::take);
      atEnd =
          consumer.endOffsets(consumer.assignment()).entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
    consumer.close(Duration.ofSeconds(1));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(config.deadLettersTopic())) {
      if (record.headers().lastHeader("command") == null) {
        Header kind = record.headers().lastHeader("class");
        tally.addDeadLetter(kind == null ? "?" : new String(kind.value(), UTF_8));
      }
    } else if (record.topic().equals(config.ruleStatusTopic())) {
      takeStatus(new String(record.value(), UTF_8));
    } else if (record.topic().equals(config.engineStatusTopic())) {
      takeEngineStatus(record);
    } else {
      takeAlert(AlertJson.read(record.value()));
    }
  }

  /** The rules that are accepted at the start are no news; each later change is. */
  private void takeStatus(String status) {
    boolean rejected = status.contains("\"status\":\"rejected\"");
    if (rejected || firstBundleSeen) {
      console.line("rule-status  " + status);
    }
  }

  private void takeEngineStatus(ConsumerRecord<byte[], byte[]> record) {
    if (StatisticsKey.parse(new String(record.key(), UTF_8)).isPresent()) {
      CustomerStatisticsJson.read(record.value()).ifPresent(tally::add);
    }
  }

  private void takeAlert(Alert alert) {
    Routing routing = requireNonNull(alert.routing(), "an alert of a topic has a lane");
    firstBundleSeen = true;
    if (!flagsInForce.isEmpty() && !flagsInForce.equals(routing.flags())) {
      console.line("Flags of version " + routing.flags() + " are in force");
    }
    flagsInForce = routing.flags();
    tally.add(alert, routing.lane());
    console.alert(alert);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
