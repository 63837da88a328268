package dev.lockstep.connector.wire;

import org.jspecify.annotations.Nullable;

/** Of which dead letter an event is the next try. A Flink POJO. */
public final class Retry {
  /** Name of the letter's class. */
  public String deadLetterClass = "";

  /** The rule that failed and is to judge alone, or null for all rules. */
  public @Nullable String ruleId;

  /** Number of this try; what fails in it becomes a letter with this number. */
  public int attempt;

  public Retry() {}

  public Retry(DeadLetterRecord letter) {
    this.deadLetterClass = letter.deadLetterClass;
    this.ruleId = letter.ruleId;
    this.attempt = letter.attempt;
  }
}
