package dev.lockstep.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.alert.AlertJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the alerts of probes as they come, in a thread of its own. */
final class AlertWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Latencies latencies;
  private final LongUnaryOperator plannedNanos;
  private final int probeEvery;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long failedNanos = Long.MAX_VALUE;
  private volatile long backNanos;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param isolation of the reader, in Kafka's words
   * @param plannedNanos when the event of a number was to be sent
   * @param probeEvery which numbers are of probes
   */
  AlertWatch(
      String bootstrapServers,
      String topic,
      String isolation,
      Latencies latencies,
      LongUnaryOperator plannedNanos,
      int probeEvery) {
    this.latencies = latencies;
    this.plannedNanos = plannedNanos;
    this.probeEvery = probeEvery;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                isolation,
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = new Thread(this::run, "alerts-" + isolation);
    thread.start();
  }

  private void run() {
    try (consumer) {
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (isProbe(record)) {
            take(record.value(), System.nanoTime());
          }
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private static boolean isProbe(ConsumerRecord<byte[], byte[]> record) {
    Header rule = record.headers().lastHeader("rule-id");
    return rule != null && new String(rule.value(), UTF_8).equals(ProbeRule.ID);
  }

  private void take(byte[] alert, long seenNanos) {
    long number = Long.parseLong(AlertJson.read(alert).events().get(0).id());
    long planned = plannedNanos.applyAsLong(number);
    latencies.seen(number / probeEvery, planned, seenNanos);
    if (backNanos == 0 && failedNanos != Long.MAX_VALUE && planned > failedNanos) {
      backNanos = seenNanos;
    }
  }

  /** From now on it waits for an event that was to be sent after this moment. */
  void failed(long nanos) {
    failedNanos = nanos;
  }

  /** How long after the failure the first event from after it was seen; 0 if none was yet. */
  long millisUntilBack() {
    return backNanos == 0 ? 0 : Math.max(1, (backNanos - failedNanos) / 1_000_000);
  }

  /** Throws what has ended the reading, if anything has. */
  void check() {
    if (failure != null) {
      throw new IllegalStateException("Alerts cannot be read: " + failure, failure);
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
