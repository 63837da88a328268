package dev.lockstep.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.alert.AlertJson;
import dev.lockstep.job.config.LockstepConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Watches committed alerts come in, as a reader of the topics does. */
final class AlertArrivals implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::run, "alert-arrivals");
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;
  private long lastNanos = System.nanoTime();
  private long longestGapNanos;
  private int awaited = Integer.MAX_VALUE;
  private long arrivedNanos;

  private AlertArrivals(LockstepConfig config) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", config.kafka().bootstrapServers(),
                "isolation.level", "read_committed",
                "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        config.alerts().topics().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  static AlertArrivals start(LockstepConfig config) {
    AlertArrivals arrivals = new AlertArrivals(config);
    arrivals.thread.start();
    return arrivals;
  }

  private void run() {
    try {
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
      }
      consumer.close();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
    long now = System.nanoTime();
    longestGapNanos = Math.max(longestGapNanos, now - lastNanos);
    lastNanos = now;
    if (awaited == Integer.MAX_VALUE) {
      return;
    }
    int event = ChaosContent.number(AlertJson.read(record.value()).events().get(0).id());
    if (event >= awaited) {
      arrivedNanos = now;
      awaited = Integer.MAX_VALUE;
      notifyAll();
    }
  }

  /** Begins to wait for the alert of an event with this number or a greater one. */
  synchronized void expect(int event) {
    awaited = event;
    arrivedNanos = 0;
  }

  /**
   * Waits for what was expected.
   *
   * @return by {@link System#nanoTime}, when it came; empty if it did not
   */
  synchronized OptionalLong await(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (arrivedNanos == 0) {
      if (failure != null) {
        throw new IllegalStateException("Reading alerts failed", failure);
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return OptionalLong.empty();
      }
      wait(Math.max(1, Duration.ofNanos(left).toMillis()));
    }
    return OptionalLong.of(arrivedNanos);
  }

  /** The longest time in which no alert came. */
  synchronized Duration longestGap() {
    return Duration.ofNanos(longestGapNanos);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
