package dev.lockstep.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes bundles to the topic that engines read their rules from, and waits for each. */
public final class RulesPublisher implements AutoCloseable {

  /** The largest record that we send; what the topic takes is the brokers' business. */
  static final int MAX_RECORD_BYTES = 16 * 1024 * 1024 + 64 * 1024;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final String topic;
  private final KafkaProducer<String, byte[]> producer;

  private RulesPublisher(String topic, KafkaProducer<String, byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * Opens a connection.
   *
   * @param patience how long Kafka may not answer
   * @throws IOException if the settings reach nothing
   */
  public static RulesPublisher open(KafkaSettings settings, String topic, Duration patience)
      throws IOException {
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("client.id", "lockstep-rules-publish");
    properties.put("max.request.size", Integer.toString(MAX_RECORD_BYTES));
    properties.put("max.block.ms", millis);
    properties.put("request.timeout.ms", millis);
    properties.put("delivery.timeout.ms", millis);
    properties.put("linger.ms", "0");
    properties.putAll(settings.properties());
    try {
      return new RulesPublisher(
          topic,
          new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()));
    } catch (KafkaException e) {
      throw refused(topic, e);
    }
  }

  /**
   * Puts a bundle in the place of the last one of its name, and returns when all replicas in sync
   * have it.
   *
   * @param name the key, which the next version of it must have, too
   * @return where it is: topic, partition and offset
   * @throws IOException if Kafka did not take it
   */
  public LetterPlace publish(String name, byte[] archive) throws IOException {
    try {
      RecordMetadata taken = producer.send(new ProducerRecord<>(topic, name, archive)).get();
      return new LetterPlace(taken.topic(), taken.partition(), taken.offset());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof RecordTooLargeException) {
        throw new IOException(
            "topic %s does not take a record of %d bytes: give it a larger max.message.bytes, or"
                    .formatted(topic, archive.length)
                + " split the bundle ('lockstep rules bundle --shards'). "
                + cause.getMessage(),
            cause);
      }
      throw refused(topic, cause);
    } catch (KafkaException e) {
      throw refused(topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while publishing " + name, e);
    }
  }

  private static IOException refused(String topic, Throwable cause) {
    return new IOException(
        "Kafka did not take it into topic %s: %s".formatted(topic, cause.getMessage()), cause);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
