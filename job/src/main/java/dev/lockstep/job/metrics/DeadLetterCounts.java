package dev.lockstep.job.metrics;

/** Counts the dead letters of one subtask by class, and logs some of them. */
public final class DeadLetterCounts {

  private final LabelledCounters counters;
  private final DeadLetterLog log = new DeadLetterLog();

  public DeadLetterCounts(EngineMetrics metrics) {
    this.counters = metrics.counters("deadLetters", "class");
  }

  /**
   * Counts one.
   *
   * @param origin where it came from
   */
  public void count(String deadLetterClass, String origin, String reason) {
    counters.of(deadLetterClass).inc();
    log.note(deadLetterClass, origin, reason);
  }
}
