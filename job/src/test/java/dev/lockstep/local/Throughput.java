package dev.lockstep.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What an operator takes in, looked at every tenth of a second. */
final class Throughput implements AutoCloseable {

  private static final long STEP_MILLIS = 100;

  /** Checkpoints, garbage collection and buffers make less time than this meaningless. */
  private static final int STEPS = 5;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> sampling;
  private final List<Long> totals = Collections.synchronizedList(new ArrayList<>());

  Throughput(String job, String operator) {
    sampling =
        clock.scheduleAtFixedRate(
            () ->
                totals.add(
                    TaskMetrics.values(job, operator, "numRecordsIn").stream()
                        .mapToLong(Long::longValue)
                        .sum()),
            0,
            STEP_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** The mean per second so far. */
  double perSecond() {
    synchronized (totals) {
      return (totals.get(totals.size() - 1) - totals.get(0))
          * 1000.0
          / ((totals.size() - 1) * STEP_MILLIS);
    }
  }

  /** The least of any half second, as a share of the mean. */
  double leastShare() {
    return halves().stream().mapToDouble(Double::doubleValue).min().orElse(1);
  }

  /** For how long it was below this share of the mean, by half seconds, in milliseconds. */
  long millisBelow(double share) {
    long longest = 0;
    long current = 0;
    for (double half : halves()) {
      current = half < share ? current + STEP_MILLIS : 0;
      longest = Math.max(longest, current);
    }
    return longest;
  }

  private List<Double> halves() {
    double mean = perSecond();
    synchronized (totals) {
      List<Double> shares = new ArrayList<>();
      for (int i = STEPS; i < totals.size(); i++) {
        double rate = (totals.get(i) - totals.get(i - STEPS)) * 1000.0 / (STEPS * STEP_MILLIS);
        shares.add(rate / mean);
      }
      return shares;
    }
  }

  @Override
  public void close() {
    sampling.cancel(true);
    clock.shutdownNow();
  }
}
