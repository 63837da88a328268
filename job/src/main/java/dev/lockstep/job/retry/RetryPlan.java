package dev.lockstep.job.retry;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.TryAgain;
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
        classes.contains(why)
            && TryAgain.obstacle(letter).isEmpty()
            && letter.attempt < delays.size();
    return waits ? Optional.of(delays.get(letter.attempt)) : Optional.empty();
  }
}
