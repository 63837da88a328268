package dev.lockstep.job.config;

import dev.lockstep.event.DeadLetterClass;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** From options to what becomes of dead letters. */
final class DeadLetterOptions {

  private DeadLetterOptions() {}

  static LockstepConfig.DeadLetters deadLetters(TypedOptions options) {
    return new LockstepConfig.DeadLetters(
        options.get(LockstepOptions.DEAD_LETTERS_TOPIC, OptionChecks::topic),
        options.get(LockstepOptions.DEAD_LETTERS_PARKED_TOPIC, OptionChecks::topic),
        options.list(LockstepOptions.DEAD_LETTERS_RETRY_DELAYS, OptionChecks::delay, List::copyOf),
        options.list(
            LockstepOptions.DEAD_LETTERS_RETRY_CLASSES,
            DeadLetterOptions::retried,
            DeadLetterOptions::set),
        options.get(LockstepOptions.DEAD_LETTERS_MAX_WAITING, OptionChecks::positive));
  }

  private static DeadLetterClass retried(String text) {
    List<DeadLetterClass> known =
        Stream.of(DeadLetterClass.values())
            .filter(each -> each != DeadLetterClass.LATE)
            .filter(each -> each != DeadLetterClass.UNREADABLE_FILE)
            .toList();
    return known.stream()
        .filter(each -> each.name().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be among " + known + ", was '" + text + "'"));
  }

  private static Set<DeadLetterClass> set(List<DeadLetterClass> classes) {
    return classes.isEmpty() ? EnumSet.noneOf(DeadLetterClass.class) : EnumSet.copyOf(classes);
  }
}
