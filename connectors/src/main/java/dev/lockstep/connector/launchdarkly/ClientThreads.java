package dev.lockstep.connector.launchdarkly;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The threads of one LaunchDarkly client, found again by their group: {@code LDClient.close()} does
 * not wait for its stream's thread, which then fails to load classes when the job's class loader is
 * closed first.
 */
final class ClientThreads {

  private final ThreadGroup group = new ThreadGroup("lockstep-flags");

  /** Makes a thread whose descendants belong to this group. */
  Thread newDaemon(Runnable task, String name) {
    Thread thread = new Thread(group, task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for the SDK's threads, and for those that they start while they end; the HTTP client's
   * own linger by design and touch no class of ours.
   */
  void join(Duration atMost) throws InterruptedException {
    Instant deadline = Instant.now().plus(atMost);
    Optional<Thread> running = anyOfTheSdk();
    while (running.isPresent() && Instant.now().isBefore(deadline)) {
      running.get().join(Math.max(1, Duration.between(Instant.now(), deadline).toMillis()));
      running = anyOfTheSdk();
    }
  }

  private Optional<Thread> anyOfTheSdk() {
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> thread.getName().startsWith("LaunchDarkly-"))
        .findAny();
  }
}
