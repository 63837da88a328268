package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events of a few customers, many of them hostile, in a thread of its own, and knows which
 * rule must find each hostile one.
 */
final class MigrationFeed implements AutoCloseable {

  private static final long SEED = 20260101;
  private static final int EVENTS_PER_SECOND = 60;
  private static final double HOSTILE = 0.4;
  private static final Pattern EXPECTED = Pattern.compile("\"demo_expect\":\"([^\"]+)\"");

  private final List<String> benign = lines("/demo/benign.ndjson");
  private final List<String> hostile;
  private final List<String> customers;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, String> expected = new HashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "migration-feed");
  private volatile boolean stopped;
  private final AtomicLong sent = new AtomicLong();

  /**
   * @param rules those that are in force: hostile events of others are left out
   */
  MigrationFeed(String bootstrapServers, String topic, List<String> customers, Set<String> rules) {
    this.topic = topic;
    this.customers = List.copyOf(customers);
    this.hostile =
        lines("/demo/hostile.ndjson").stream()
            .filter(line -> rules.contains(expectedRule(line)))
            .toList();
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", "true"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  long sent() {
    return sent.get();
  }

  /** Ends the stream; all that was sent is acknowledged then. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Sending events failed: " + failed.getMessage(), failed);
    }
  }

  /** By event id, the rule that must have found the event; complete when the feed has stopped. */
  Map<String, String> expected() {
    return Map.copyOf(expected);
  }

  private void run() {
    Random random = new Random(SEED);
    long start = System.nanoTime();
    long nanosPerEvent = Duration.ofSeconds(1).toNanos() / EVENTS_PER_SECOND;
    while (!stopped) {
      boolean isHostile = random.nextDouble() < HOSTILE;
      List<String> source = isHostile ? hostile : benign;
      String event = source.get(random.nextInt(source.size()));
      long number = sent.get();
      String customer = customers.get((int) (number % customers.size()));
      String id = "m-" + number;
      if (isHostile) {
        expected.put(id, expectedRule(event));
      }
      String value =
          "{\"customer\":\"%s\",\"event_id\":\"%s\",\"@timestamp\":\"%s\",%s"
              .formatted(customer, id, Instant.now(), event.substring(1));
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic, customer.getBytes(UTF_8), value.getBytes(UTF_8)),
              (acknowledged, exception) -> {
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                }
              });
      LockSupport.parkNanos(start + sent.incrementAndGet() * nanosPerEvent - System.nanoTime());
    }
    producer.flush();
  }

  private static String expectedRule(String event) {
    Matcher matcher = EXPECTED.matcher(event);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static List<String> lines(String resource) {
    try (InputStream in = MigrationFeed.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks its resource " + resource);
      }
      return new String(in.readAllBytes(), UTF_8).lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + resource, e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    producer.close(Duration.ofSeconds(5));
  }
}
