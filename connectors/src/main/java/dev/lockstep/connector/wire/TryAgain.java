package dev.lockstep.connector.wire;

import dev.lockstep.event.DeadLetterClass;
import java.util.Optional;

/** Says whether trying a letter again could help at all, whoever asks. */
public final class TryAgain {

  private TryAgain() {}

  /** Returns what stands against it, in words, or nothing. */
  public static Optional<String> obstacle(DeadLetterRecord letter) {
    if (letter.isCut()) {
      return Optional.of("a part of it is cut off; the whole record is at " + letter.origin);
    }
    if (letter.deadLetterClass.equals(DeadLetterClass.UNREADABLE_FILE.name())) {
      return Optional.of(
          "it is about a file, not a record; put the file beside it under a name of its own");
    }
    if (letter.deadLetterClass.equals(DeadLetterClass.LATE.name())) {
      return Optional.of("it was judged when it came; its alerts would be sent twice");
    }
    if (letter.deadLetterClass.equals(DeadLetterClass.RULE_ERROR.name()) && letter.ruleId == null) {
      return Optional.of("it does not name its rule; the alerts of others would be sent twice");
    }
    return Optional.empty();
  }
}
