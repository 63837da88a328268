package dev.lockstep.connector.kafka;

import dev.lockstep.connector.wire.DeadLetterRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes single dead letters and waits for each, for places where a sink cannot reach: inside
 * another sink. Not transactional: after a failure a letter may come twice.
 */
public final class DeadLetterProducer implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final DeadLetterSerializer serializer;
  private final KafkaProducer<byte[], byte[]> producer;

  private DeadLetterProducer(
      DeadLetterSerializer serializer, KafkaProducer<byte[], byte[]> producer) {
    this.serializer = serializer;
    this.producer = producer;
  }

  /** Connects to Kafka, and waits for it as long as its clients do by themselves. */
  public static DeadLetterProducer open(KafkaSettings settings, String topic) {
    return open(settings, topic, new Properties());
  }

  /** Connects to Kafka; no letter waits longer than {@code patience}. */
  public static DeadLetterProducer open(KafkaSettings settings, String topic, Duration patience) {
    String millis = Long.toString(patience.toMillis());
    Properties bounds = new Properties();
    bounds.put("max.block.ms", millis);
    bounds.put("request.timeout.ms", millis);
    bounds.put("delivery.timeout.ms", millis);
    bounds.put("linger.ms", "0");
    return open(settings, topic, bounds);
  }

  private static DeadLetterProducer open(KafkaSettings settings, String topic, Properties bounds) {
    Properties properties = new Properties();
    properties.putAll(bounds);
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("client.id", "lockstep-" + settings.engine() + "-rejections");
    properties.putAll(settings.properties());
    return new DeadLetterProducer(
        new DeadLetterSerializer(topic, settings.engine()),
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /**
   * Returns when Kafka has acknowledged the letter.
   *
   * @throws IOException if it did not
   */
  public void send(DeadLetterRecord letter) throws IOException {
    try {
      producer.send(serializer.record(letter)).get();
    } catch (ExecutionException e) {
      throw new IOException("Kafka did not take a dead letter from " + letter.origin, e.getCause());
    } catch (KafkaException e) {
      throw new IOException("Kafka did not take a dead letter from " + letter.origin, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while sending a dead letter from " + letter.origin, e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
