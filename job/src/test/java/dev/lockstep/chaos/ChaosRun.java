package dev.lockstep.chaos;

import com.sun.management.OperatingSystemMXBean;
import dev.lockstep.local.Backlog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the system under load, does one fault after the other to it, and judges what is left. What
 * it does follows from its seed; when it does it, from the machine.
 */
final class ChaosRun implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** While both cores are busy, little is left for Elasticsearch, which then catches up. */
  private static final Duration PATIENCE_WITH_INDEX = Duration.ofMinutes(15);

  private static final Duration POLL = Duration.ofMillis(250);
  private static final int MOST_REST_MILLIS = 3_000;

  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final Path directory;
  private final Random random;
  private final ChaosSystem system;
  private final ChaosLoad load;
  private final AlertArrivals arrivals;
  private final Map<String, List<Double>> recoveries = new TreeMap<>();
  private final long begunNanos = System.nanoTime();
  private int faults;

  private ChaosRun(Path directory, long seed, int eventsPerSecond) throws Exception {
    this.directory = Files.createDirectories(directory);
    this.random = new Random(seed);
    say("seed " + seed + ", " + eventsPerSecond + " events/s, logs in " + directory);
    system = ChaosSystem.start(directory);
    arrivals = AlertArrivals.start(system.config());
    arrivals.expect(0);
    load = ChaosLoad.start(system.config(), eventsPerSecond);
    awaitAlert("the first alert");
    // From here on: each answer is the share since the one before.
    machine.getCpuLoad();
    say("the first alerts are there");
  }

  /** Starts the system and the load, and returns when alerts come. */
  static ChaosRun start(Path directory, long seed, int eventsPerSecond) throws Exception {
    return new ChaosRun(directory, seed, eventsPerSecond);
  }

  /** Does this, often with changes of rules or flags close to it, and waits until alerts come. */
  void injure(Fault fault) throws Exception {
    changeContent();
    Instant begun = Instant.now();
    double seconds = inject(fault);
    boolean hit = fault == Fault.KILL_TASK_MANAGER && system.detectionRestartedSince(begun);
    String what = fault + (hit ? " with tasks of the detection job" : "");
    recoveries.computeIfAbsent(what, unused -> new ArrayList<>()).add(seconds);
    changeContent();
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MOST_REST_MILLIS)).toNanos());
  }

  /** Does so many faults by chance; some come before the system has recovered from the last. */
  void injure(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Fault fault = Fault.any(random);
      if (i + 1 < count && random.nextInt(4) == 0) {
        Fault second = Fault.any(random);
        if (second.canFollowAtOnce()) {
          faults++;
          say("fault " + faults + ": " + fault + ", and at once the next");
          fault.inject(system, random);
          i++;
          fault = second;
        }
      }
      injure(fault);
    }
  }

  /** Upgrades the detection job by the runbook's script, and waits until alerts come. */
  UpgradeScript.Result upgrade(Path jar) throws Exception {
    UpgradeScript.Result result = system.upgrade(directory.resolve("upgrade"), jar);
    awaitNewAlert(result);
    return result;
  }

  /** Upgrades it to what does not come up. */
  UpgradeScript.Result upgradeInVain() throws Exception {
    UpgradeScript.Result result = system.upgradeInVain(directory.resolve("upgrade"));
    awaitNewAlert(result);
    return result;
  }

  private void awaitNewAlert(UpgradeScript.Result result) throws Exception {
    result.output().lines().forEach(this::say);
    arrivals.expect(load.sent());
    awaitAlert("an alert after the upgrade");
  }

  /** Takes Elasticsearch away for this long; alerts must go on coming to Kafka all the while. */
  void withoutElasticsearch(Duration length) throws Exception {
    long until = System.nanoTime() + length.toNanos();
    say("kill -9 of Elasticsearch, for " + length.toMinutes() + " min");
    system.elasticsearch().kill();
    while (System.nanoTime() < until) {
      arrivals.expect(load.sent());
      awaitAlert("an alert while Elasticsearch is away");
      LockSupport.parkNanos(POLL.toNanos());
    }
    say("longest time without an alert so far: %.1f s".formatted(seconds(arrivals.longestGap())));
    long begun = System.nanoTime();
    system.elasticsearch().restart();
    say("Elasticsearch is back, after %.1f s".formatted((System.nanoTime() - begun) / 1e9));
  }

  /** Returns the seconds from the fault to the first alert of an event that was sent after it. */
  private double inject(Fault fault) throws Exception {
    faults++;
    say("fault " + faults + ": " + fault);
    long begun = System.nanoTime();
    arrivals.expect(load.sent());
    fault.inject(system, random);
    if (fault == Fault.RESCALE) {
      // Until the savepoint the job has gone on.
      arrivals.expect(load.sent());
    }
    double seconds =
        Duration.ofNanos(awaitAlert("an alert after " + fault) - begun).toMillis() / 1e3;
    say("  an alert of a new event after %.1f s".formatted(seconds));
    return seconds;
  }

  private void changeContent() throws IOException {
    switch (random.nextInt(6)) {
      case 0 -> say("  " + system.content().editRule());
      case 1 -> say("  " + system.content().toggleRule());
      case 2 -> say("  " + system.content().moveCustomer());
      default -> {
        // Leaves it as it is.
      }
    }
  }

  private long awaitAlert(String what) throws InterruptedException {
    OptionalLong arrived = arrivals.await(PATIENCE);
    if (arrived.isEmpty()) {
      throw new AssertionError("After " + PATIENCE.toSeconds() + " s still no sign of " + what);
    }
    return arrived.getAsLong();
  }

  /** Ends the load, waits until all of it is judged and indexed, and compares. */
  Verdict judge() throws Exception {
    load.close();
    say(
        "the load has ended after %d events; the machine's %d cores were busy for %.0f %% of the time"
            .formatted(load.sent(), machine.getAvailableProcessors(), 100 * machine.getCpuLoad()));
    try (Backlog backlog = new Backlog(system.config())) {
      await(
          "all events to be judged and committed",
          () -> backlog.events() == 0 && !backlog.hasOpenTransactions());
    }
    Verdict verdict = verdictOnceIndexed();
    say(verdict.summary());
    say("longest time without an alert: %.1f s".formatted(seconds(arrivals.longestGap())));
    recoveries.forEach((what, all) -> say("recovery from " + what + ": " + percentiles(all)));
    verdict.differences().stream().limit(50).forEach(this::say);
    return verdict;
  }

  /** The index job may still be at work: differences count when they stay. */
  private Verdict verdictOnceIndexed() throws Exception {
    long deadline = System.nanoTime() + PATIENCE_WITH_INDEX.toNanos();
    while (true) {
      StoredAlerts stored = StoredAlerts.read(system.config(), system.elasticsearch().httpUri());
      Verdict verdict = Verdict.of(stored, load.sent());
      if (verdict.differences().isEmpty() || System.nanoTime() > deadline) {
        return verdict;
      }
      say("not yet: " + verdict.summary());
      LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static String percentiles(List<Double> seconds) {
    List<Double> sorted = new ArrayList<>(seconds);
    Collections.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%d times, p50 %.1f s, p99 %.1f s, max %.1f s",
        sorted.size(),
        sorted.get((sorted.size() - 1) / 2),
        sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1),
        sorted.get(sorted.size() - 1));
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("After " + PATIENCE.toSeconds() + " s, still waiting for " + what);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private void say(String what) {
    double seconds = seconds(Duration.ofNanos(System.nanoTime() - begunNanos));
    System.out.printf(Locale.ROOT, "chaos %7.1f s  %s%n", seconds, what);
  }

  @Override
  public void close() throws Exception {
    arrivals.close();
    system.close();
  }
}
