package dev.lockstep.job.retry;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What became of letters. */
final class RetryMetrics {

  private final LabelledCounters retried;
  private final LabelledCounters parked;
  private final LabelledCounters ignored;

  RetryMetrics(MetricGroup group, String engine, Gauge<Long> waiting) {
    EngineMetrics metrics = new EngineMetrics(group, engine);
    metrics.group().gauge("deadLettersWaiting", waiting);
    retried = metrics.counters("deadLettersRetried", "class");
    parked = metrics.counters("deadLettersParked", "class");
    ignored = metrics.counters("deadLettersIgnored", "reason");
  }

  void retried(DeadLetterRecord letter) {
    retried.of(letter.deadLetterClass).inc();
  }

  void parked(DeadLetterRecord letter) {
    parked.of(letter.deadLetterClass).inc();
  }

  void ignored(String reason) {
    ignored.of(reason).inc();
  }
}
