package dev.lockstep.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that reads topics for somebody who waits for the answer: committed records only,
 * without a consumer group, no longer than Kafka may be silent. Not safe for use by several
 * threads.
 */
public final class TopicClient {

  private final Duration patience;
  private long sinceNanos = System.nanoTime();
  private long reached = -1;

  /**
   * @param patience how long Kafka may not answer
   */
  public TopicClient(Duration patience) {
    this.patience = patience;
  }

  /**
   * Makes a consumer.
   *
   * @param whereGone what comes in place of a record that is deleted meanwhile: {@code earliest} or
   *     {@code none}, which fails
   * @throws org.apache.kafka.common.KafkaException if the settings reach nothing
   */
  public KafkaConsumer<byte[], byte[]> consumer(KafkaSettings settings, String whereGone) {
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", whereGone);
    properties.put("allow.auto.create.topics", "false");
    properties.put("default.api.timeout.ms", millis);
    properties.put("request.timeout.ms", millis);
    properties.putAll(settings.properties());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A read begins. */
  public void begin() {
    sinceNanos = System.nanoTime();
    reached = -1;
  }

  /**
   * Takes how far the read has come, over the marks of transactions, too, which are no records.
   *
   * @param position the sum of the positions in all partitions
   * @throws IOException if it has not gone on for too long
   */
  public void requireProgress(long position) throws IOException {
    if (position != reached) {
      reached = position;
      sinceNanos = System.nanoTime();
    } else if (System.nanoTime() - sinceNanos > patience.toNanos()) {
      throw new IOException("Kafka gave no records for " + patience.toSeconds() + " s");
    }
  }
}
