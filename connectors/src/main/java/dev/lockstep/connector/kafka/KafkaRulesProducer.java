package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.latest.KeyedPieces;
import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.RetryDelays;
import dev.lockstep.connector.latest.RetryingThread;
import dev.lockstep.connector.latest.SourceHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers what the records of a topic make together. */
final class KafkaRulesProducer implements LatestValueProducer<byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaRulesProducer.class);
  private static final RetryDelays RETRY_DELAYS =
      new RetryDelays(Duration.ofMillis(200), Duration.ofSeconds(10));

  private final KafkaSettings settings;
  private final String topic;
  private final KeyedPieces.Factory factory;
  private final Counter bundlesRead;
  private final Counter rulesRefused;
  private final SourceHealth health;
  private final RetryingThread thread;

  private Consumer<byte[]> offer = delivery -> {};
  private @Nullable KeyedPieces pieces;
  // The thread's, and of who closes this when that has ended.
  private @Nullable WholeTopic reading;

  KafkaRulesProducer(
      KafkaSettings settings, String topic, KeyedPieces.Factory factory, MetricGroup metrics) {
    this.settings = settings;
    this.topic = topic;
    this.factory = factory;
    this.bundlesRead = metrics.counter("bundlesRead", new ThreadSafeSimpleCounter());
    this.rulesRefused = metrics.counter("rulesRefused", new ThreadSafeSimpleCounter());
    this.health = new SourceHealth("topic " + topic, metrics);
    this.thread = new RetryingThread("lockstep-rules-topic", RETRY_DELAYS, health, this::round);
  }

  @Override
  public void start(byte @Nullable [] restored, Consumer<byte[]> offer) {
    this.offer = offer;
    this.pieces = factory.create(restored);
    thread.start();
  }

  private Duration round() throws IOException, InterruptedException {
    KeyedPieces all = requireNonNull(pieces, "start was not called");
    try {
      WholeTopic whole = reading;
      if (whole == null) {
        all.begin();
        whole = WholeTopic.open(settings, topic);
        reading = whole;
        whole.readToEnd(record -> take(record, all));
        offerChange(all);
      } else if (whole.follow(record -> take(record, all))) {
        offerChange(all);
      }
      return Duration.ZERO;
    } catch (InterruptException e) {
      leave();
      throw new InterruptedException();
    } catch (IOException | RuntimeException e) {
      // Whatever it was: the next round begins with a new client, and with the first record.
      leave();
      throw e;
    }
  }

  private void leave() {
    WholeTopic whole = reading;
    reading = null;
    if (whole != null) {
      whole.close();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record, KeyedPieces all) {
    Instant at = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
    String key = record.key() == null ? "" : new String(record.key(), UTF_8);
    try {
      if (record.value() == null) {
        all.remove(key, at);
      } else {
        all.put(key, record.value(), at);
      }
    } catch (IOException e) {
      rulesRefused.inc();
      LOG.warn(
          "Record {}/{}/{} with key '{}' is no bundle; the last good one stays in force: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          key,
          e.getMessage());
    }
  }

  /**
   * Pieces that do not go together yet, as when the shards of a bundle come, are no failure of
   * Kafka.
   */
  private void offerChange(KeyedPieces all) {
    try {
      byte[] delivery = all.change();
      health.good();
      if (delivery != null) {
        bundlesRead.inc();
        LOG.info("Read the rules in topic {}", topic);
        offer.accept(delivery);
      }
    } catch (IOException e) {
      health.bad(e);
    }
  }

  @Override
  public void close() {
    thread.close();
    leave();
  }
}
