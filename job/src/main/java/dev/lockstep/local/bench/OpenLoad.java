package dev.lockstep.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Sends events when they are due, whatever becomes of those before: it waits for nobody. Where its
 * thread was held up it sends all that are due by now.
 */
final class OpenLoad implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(1);
  private static final double NANOS = 1e9;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final EventStream stream;
  private final double perSecond;
  private final int probeEvery;
  private final long startNanos = System.nanoTime();
  private final Instant start = Instant.now();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "open-load");
  private volatile boolean stopped;
  private volatile long sent;

  private OpenLoad(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      EventStream stream,
      double perSecond,
      int probeEvery) {
    this.producer = producer;
    this.topic = topic;
    this.stream = stream;
    this.perSecond = perSecond;
    this.probeEvery = probeEvery;
  }

  /** Begins; every so many events one is a probe, the first one is. */
  static OpenLoad start(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      EventStream stream,
      double perSecond,
      int probeEvery) {
    OpenLoad load = new OpenLoad(producer, topic, stream, perSecond, probeEvery);
    load.thread.start();
    return load;
  }

  /** When the event of this number is due. */
  long plannedNanos(long number) {
    return startNanos + afterStart(number);
  }

  private long afterStart(long number) {
    return (long) (number * NANOS / perSecond);
  }

  private void run() {
    try {
      for (long next = 0; !stopped; ) {
        long due = 1 + (long) ((System.nanoTime() - startNanos) / NANOS * perSecond);
        for (; next < due && !stopped; next++) {
          Instant planned = start.plusNanos(afterStart(next));
          byte[] event =
              next % probeEvery == 0 ? stream.probe(next, planned) : stream.event(next, planned);
          BenchSystem.send(producer, topic, event, failure);
          sent = next + 1;
        }
        LockSupport.parkNanos(TICK.toNanos());
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  long sent() {
    return sent;
  }

  /** Throws what has ended the sending, if anything has. */
  void check() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Events cannot be sent: " + failed, failed);
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.close();
  }
}
