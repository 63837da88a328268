package dev.lockstep.connector.latest;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that does a piece of work again and again, for ever: after a failure it waits, a
 * little more or less than the delays say, so that engines that failed together do not come back
 * together.
 */
public final class RetryingThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingThread.class);
  private static final Duration END_WITHIN = Duration.ofSeconds(10);
  private static final double JITTER = 0.25;

  private final RetryDelays delays;
  private final SourceHealth health;
  private final Work work;
  private final Thread thread;

  /** Does nothing before {@link #start}. */
  public RetryingThread(String name, RetryDelays delays, SourceHealth health, Work work) {
    this.delays = delays;
    this.health = health;
    this.work = work;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** One round of the work. */
  @FunctionalInterface
  public interface Work {

    /**
     * Does it.
     *
     * @return how long to wait until the next round
     * @throws InterruptedException if the thread is to end
     */
    Duration round() throws IOException, InterruptedException;
  }

  /** Starts to work and returns at once. */
  public void start() {
    thread.start();
  }

  private void run() {
    int failures = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration pause;
        try {
          pause = work.round();
          failures = 0;
        } catch (IOException | RuntimeException e) {
          // A dead thread would leave the last content in force for ever, and nobody would know.
          failures++;
          health.bad(e);
          pause = pauseAfter(failures, e);
        }
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", thread.getName());
    }
  }

  private Duration pauseAfter(int failures, Exception cause) {
    Duration delay = delays.after(failures);
    if (cause instanceof TryLaterException later && later.after().compareTo(delay) > 0) {
      delay = later.after();
    }
    double factor = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis((long) (delay.toMillis() * factor));
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(END_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
