package dev.lockstep.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Sends events all the time, from a thread of its own. */
final class EventLoad implements AutoCloseable {

  private final IntConsumer send;
  private final long pauseNanos;
  private final Thread thread = new Thread(this::run, "event-load");
  private volatile boolean stopped;
  private volatile int sent;
  private volatile @Nullable Throwable failure;

  private EventLoad(IntConsumer send, int perSecond) {
    this.send = send;
    this.pauseNanos = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  /** Calls {@code send} with 0, 1, 2 and so on. */
  static EventLoad start(int perSecond, IntConsumer send) {
    EventLoad load = new EventLoad(send, perSecond);
    load.thread.start();
    return load;
  }

  private void run() {
    try {
      for (int i = 0; !stopped; i++) {
        send.accept(i);
        sent = i + 1;
        LockSupport.parkNanos(pauseNanos);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  /** How many have been sent by now. */
  int sent() {
    return sent;
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
