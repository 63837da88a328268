package dev.lockstep.connector.launchdarkly;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The threads of one LaunchDarkly client and of its supervisor, found again by their group: neither
 * {@code LDClient.close()} nor {@code awaitTermination} waits until the last thread has ended, and
 * one that outlives the job's class loader fails to load classes.
 */
final class ClientThreads {

  private static final String OURS = "lockstep-";
  private static final String OF_THE_SDK = "LaunchDarkly-";

  private final ThreadGroup group = new ThreadGroup("lockstep-flags");

  /**
   * Makes a thread whose descendants belong to this group.
   *
   * @param role the last part of its name
   */
  Thread newDaemon(Runnable task, String role) {
    Thread thread = new Thread(group, task, OURS + role);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for these threads, and for those that they start while they end; the HTTP client's own
   * linger by design and touch no class of ours.
   */
  void join(Duration atMost) throws InterruptedException {
    Instant deadline = Instant.now().plus(atMost);
    Optional<Thread> running = anyToWaitFor();
    while (running.isPresent() && Instant.now().isBefore(deadline)) {
      running.get().join(Math.max(1, Duration.between(Instant.now(), deadline).toMillis()));
      running = anyToWaitFor();
    }
  }

  private Optional<Thread> anyToWaitFor() {
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(
            thread -> thread.getName().startsWith(OURS) || thread.getName().startsWith(OF_THE_SDK))
        .findAny();
  }
}
