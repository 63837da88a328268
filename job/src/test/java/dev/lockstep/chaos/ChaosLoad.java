package dev.lockstep.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.job.config.LockstepConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of {@link ChaosContent} at a steady rate, from a thread of its own. The producer
 * is idempotent and never gives up, so each event is in the topic once, whatever becomes of the
 * broker.
 */
final class ChaosLoad implements AutoCloseable {

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final long nanosPerEvent;
  private final Thread thread = new Thread(this::run, "chaos-load");
  private volatile boolean stopped;
  private volatile int sent;
  private volatile @Nullable Exception failure;

  private ChaosLoad(LockstepConfig config, int perSecond) {
    this.topic = config.events().topic();
    this.nanosPerEvent = Duration.ofSeconds(1).toNanos() / perSecond;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                config.kafka().bootstrapServers(),
                "acks",
                "all",
                "enable.idempotence",
                "true",
                "delivery.timeout.ms",
                Integer.toString(Integer.MAX_VALUE),
                "max.block.ms",
                Long.toString(Long.MAX_VALUE),
                "linger.ms",
                "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static ChaosLoad start(LockstepConfig config, int perSecond) {
    ChaosLoad load = new ChaosLoad(config, perSecond);
    load.thread.start();
    return load;
  }

  private void run() {
    long begun = System.nanoTime();
    for (int event = 0; !stopped && failure == null; event++) {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  ChaosContent.customer(event).getBytes(UTF_8),
                  ChaosContent.record(event).getBytes(UTF_8)),
              (metadata, exception) -> {
                if (exception != null) {
                  failure = exception;
                }
              });
      sent = event + 1;
      long ahead = begun + sent * nanosPerEvent - System.nanoTime();
      if (ahead > 0) {
        LockSupport.parkNanos(ahead);
      } else if (-ahead > Duration.ofSeconds(1).toNanos()) {
        // After an outage the rate is steady again, not doubled.
        begun -= ahead;
      }
    }
  }

  /** How many events have been given to the producer. */
  int sent() {
    return sent;
  }

  /** Ends the load and returns when Kafka has all of it. */
  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.flush();
    producer.close();
    if (failure != null) {
      throw new IllegalStateException("Sending events failed", failure);
    }
  }
}
