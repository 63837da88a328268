package dev.lockstep.local.bench;

import dev.lockstep.local.TaskMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.jspecify.annotations.Nullable;

/** Looks at a job until it has read its topic. */
final class PeakRun {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration TELL = Duration.ofSeconds(5);
  private static final Duration STANDSTILL = Duration.ofMinutes(2);

  private final BenchSystem system;
  private final BenchSettings settings;
  private final Consumer<String> progress;

  PeakRun(BenchSystem system, BenchSettings settings, Consumer<String> progress) {
    this.system = system;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Returns when all events are read.
   *
   * @param reader operator whose records are counted
   * @param writer operator that writes to Kafka
   * @throws IllegalStateException if nothing is read any more before that
   */
  Peak measure(
      String name, JobID job, String jobName, String reader, String writer, long bytesPerEvent)
      throws Exception {
    Pace read = new Pace();
    Pace written = new Pace();
    @Nullable Usage begin = null;
    long last = 0;
    long movedNanos = System.nanoTime();
    long toldNanos = movedNanos;
    while (last < settings.events()) {
      LockSupport.parkNanos(LOOK.toNanos());
      long now = System.nanoTime();
      long count = sum(jobName, reader);
      if (count != last) {
        movedNanos = now;
        last = count;
      } else if (now - movedNanos > STANDSTILL.toNanos()) {
        throw new IllegalStateException(
            "%s stands still at %,d of %,d events; it is %s"
                .formatted(name, count, settings.events(), system.flink.status(job)));
      }
      if (count >= settings.warmUp() && count > 0) {
        if (begin == null) {
          begin = Usage.now(system.kafka.pid());
        }
        read.look(now, Math.min(count, settings.events()));
        written.look(now, sum(jobName, writer));
      }
      if (now - toldNanos > TELL.toNanos()) {
        toldNanos = now;
        progress.accept(
            "  %,d of %,d events, %,.0f a second"
                .formatted(count, settings.events(), read.perSecond()));
      }
    }
    Usage end = Usage.now(system.kafka.pid());
    if (begin == null) {
      throw new IllegalStateException(name + " had no events to read");
    }
    return new Peak(name, read, written, bytesPerEvent, begin, end, snapshots(job, begin));
  }

  private static long sum(String job, String operator) {
    return TaskMetrics.values(job, operator, "numRecordsIn").stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private Peak.Snapshots snapshots(JobID job, Usage begin) throws Exception {
    List<Long> millis = new ArrayList<>();
    long largest = 0;
    long state = 0;
    for (AbstractCheckpointStats each :
        system.flink.checkpointsOf(job).getHistory().getCheckpoints()) {
      if (each instanceof CompletedCheckpointStats done
          && done.getTriggerTimestamp() >= begin.atMillis()) {
        millis.add(0, done.getEndToEndDuration());
        largest = Math.max(largest, done.getCheckpointedSize());
        state = Math.max(state, done.getStateSize());
      }
    }
    return new Peak.Snapshots(millis, largest, state);
  }
}
