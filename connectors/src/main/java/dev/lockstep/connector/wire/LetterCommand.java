package dev.lockstep.connector.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a record of the topic of dead letters says about a letter, when it is none itself. */
public enum LetterCommand {
  /** Try it now, whatever its class, and count attempts anew. */
  REDRIVE,
  /** Stop waiting: it goes to the parked letters. */
  PARK,
  /** A try succeeded: there is nothing left to do. Engines write it. */
  RESOLVED;

  /** The value of the header {@code command}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the command of that wire name, or nothing when there is none. */
  public static Optional<LetterCommand> of(String wireName) {
    return Stream.of(values()).filter(command -> command.wireName().equals(wireName)).findFirst();
  }
}
