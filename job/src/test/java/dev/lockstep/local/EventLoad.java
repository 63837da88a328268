package dev.lockstep.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events at a rate, from a thread of its own: all that are due, then it waits a moment. Where
 * the thread gets no time for a while, it makes up for it, as many clients of their own would.
 */
final class EventLoad implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(1);

  private final IntConsumer send;
  private final int perSecond;
  private final Thread thread = new Thread(this::run, "event-load");
  private volatile boolean stopped;
  private volatile int sent;
  private volatile @Nullable Throwable failure;

  private EventLoad(IntConsumer send, int perSecond) {
    this.send = send;
    this.perSecond = perSecond;
  }

  /** Calls {@code send} with 0, 1, 2 and so on. */
  static EventLoad start(int perSecond, IntConsumer send) {
    EventLoad load = new EventLoad(send, perSecond);
    load.thread.start();
    return load;
  }

  private void run() {
    try {
      long start = System.nanoTime();
      int next = 0;
      while (!stopped) {
        double seconds = (System.nanoTime() - start) / (double) Duration.ofSeconds(1).toNanos();
        for (long due = 1 + (long) (seconds * perSecond); next < due && !stopped; next++) {
          send.accept(next);
          sent = next + 1;
        }
        LockSupport.parkNanos(TICK.toNanos());
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** How many have been sent by now. */
  int sent() {
    return sent;
  }

  /** Waits until so many more have been sent. */
  void awaitMore(int events) throws Exception {
    int enough = sent + events;
    LocalSystem.await(events + " more events to be sent", () -> sent >= enough || failure != null);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    if (failure != null) {
      throw new AssertionError("sending events failed after " + sent, failure);
    }
  }
}
