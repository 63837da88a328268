package dev.lockstep.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What an operator takes in, looked at every tenth of a second. Each look has its own time: on
 * cores that are taken it may come late.
 */
final class Throughput implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(100);

  /** Checkpoints, garbage collection and buffers make less time than this meaningless. */
  private static final Duration WINDOW = Duration.ofMillis(500);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> sampling;
  private final LongSupplier taken;

  /** Guarded by itself. */
  private final List<Look> looks = new ArrayList<>();

  private record Look(long nanos, long total) {

    double perSecondSince(Look earlier) {
      return (total - earlier.total) * 1e9 / (nanos - earlier.nanos);
    }
  }

  /** The rate of the window that ends with a look, and for how long no look had come before. */
  private record Window(double share, Duration since) {}

  Throughput(String job, String operator) {
    this.taken =
        () ->
            TaskMetrics.values(job, operator, "numRecordsIn").stream()
                .mapToLong(Long::longValue)
                .sum();
    sampling = clock.scheduleWithFixedDelay(this::look, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    long total = taken.getAsLong();
    synchronized (looks) {
      looks.add(new Look(System.nanoTime(), total));
    }
  }

  /** The mean per second so far. */
  double perSecond() {
    synchronized (looks) {
      return looks.get(looks.size() - 1).perSecondSince(looks.get(0));
    }
  }

  /** The least of any half second, as a share of the mean. */
  double leastShare() {
    return windows().stream().mapToDouble(Window::share).min().orElse(1);
  }

  /** For how long it was below this share of the mean, by half seconds, in milliseconds. */
  long millisBelow(double share) {
    Duration longest = Duration.ZERO;
    Duration current = Duration.ZERO;
    for (Window window : windows()) {
      current = window.share < share ? current.plus(window.since) : Duration.ZERO;
      longest = current.compareTo(longest) > 0 ? current : longest;
    }
    return longest.toMillis();
  }

  private List<Window> windows() {
    double mean = perSecond();
    synchronized (looks) {
      List<Window> windows = new ArrayList<>();
      int start = 0;
      for (int i = 1; i < looks.size(); i++) {
        Look end = looks.get(i);
        while (end.nanos - looks.get(start + 1).nanos >= WINDOW.toNanos()) {
          start++;
        }
        if (end.nanos - looks.get(start).nanos >= WINDOW.toNanos()) {
          Duration since = Duration.ofNanos(end.nanos - looks.get(i - 1).nanos);
          windows.add(new Window(end.perSecondSince(looks.get(start)) / mean, since));
        }
      }
      return windows;
    }
  }

  @Override
  public void close() {
    sampling.cancel(true);
    clock.shutdownNow();
  }
}
