package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.local.DemoEvents.DemoRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends the demo's events at an even rate, in a thread of its own. */
final class DemoFeed implements AutoCloseable {

  private static final String MAX_REQUEST_BYTES = "4194304";

  private final DemoSettings settings;
  private final String topic;
  private final DemoEvents events;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "demo-feed");
  private volatile boolean stopped;

  DemoFeed(DemoSettings settings, String bootstrapServers, String topic, DemoEvents events) {
    this.settings = settings;
    this.topic = topic;
    this.events = events;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.idempotence",
                "true",
                "max.request.size",
                MAX_REQUEST_BYTES,
                "compression.type",
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Returns whether the last event is sent and acknowledged. */
  boolean isDone() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Sending events failed: " + failed.getMessage(), failed);
    }
    return !thread.isAlive();
  }

  long sent() {
    return sent.get();
  }

  private void run() {
    long start = System.nanoTime();
    long end = start + settings.duration().toNanos();
    long nanosPerEvent = Duration.ofSeconds(1).toNanos() / settings.ratePerSecond();
    while (!stopped && sent.get() < settings.events() && System.nanoTime() < end) {
      DemoRecord record = events.next(Instant.now());
      String key = record.key();
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(
              topic, key == null ? null : key.getBytes(UTF_8), record.value().getBytes(UTF_8));
      Future<RecordMetadata> unused = producer.send(message, this::noteFailure);
      long due = start + sent.incrementAndGet() * nanosPerEvent;
      LockSupport.parkNanos(due - System.nanoTime());
    }
    producer.flush();
  }

  private void noteFailure(@Nullable RecordMetadata acknowledged, @Nullable Exception exception) {
    if (exception != null) {
      failure.compareAndSet(null, exception);
    }
  }

  @Override
  public void close() {
    stopped = true;
    producer.close(Duration.ofSeconds(5));
  }
}
