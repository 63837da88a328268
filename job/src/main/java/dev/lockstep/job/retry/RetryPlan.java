package dev.lockstep.job.retry;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.event.DeadLetterClass;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which letters are tried again, and when.
 *
 * @param delays how long the first try waits, the second, and so on
 * @param classes those that are tried again by themselves
 */
record RetryPlan(List<Duration> delays, Set<DeadLetterClass> classes) implements Serializable {
  RetryPlan {
    delays = List.copyOf(delays);
    classes = Set.copyOf(classes);
  }

  /** Returns how long the letter waits for its next try, or nothing when it has none left. */
  Optional<Duration> delay(DeadLetterRecord letter, DeadLetterClass why) {
    boolean waits =
        classes.contains(why) && canBeTried(letter, why) && letter.attempt < delays.size();
    return waits ? Optional.of(delays.get(letter.attempt)) : Optional.empty();
  }

  /**
   * Returns whether trying it could help at all. What is cut cannot be read as it was. A late event
   * has been judged by every rule there is; and one that a rule failed on, by all but a rule that
   * must be known: another judgement would send their alerts twice.
   */
  static boolean canBeTried(DeadLetterRecord letter, DeadLetterClass why) {
    return !letter.isCut()
        && switch (why) {
          case LATE -> false;
          case RULE_ERROR -> letter.ruleId != null;
          case MALFORMED, TOO_LARGE, NO_CUSTOMER, REJECTED_BY_ELASTICSEARCH -> true;
        };
  }
}
