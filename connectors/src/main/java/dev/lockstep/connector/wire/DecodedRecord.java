package dev.lockstep.connector.wire;

import org.jspecify.annotations.Nullable;

/** What a source made of one record: either an event or a dead letter. A Flink POJO. */
public final class DecodedRecord {
  /** The event, or null when the record was refused. */
  public @Nullable EventRecord event;

  /** The dead letter, or null when the record was accepted. */
  public @Nullable DeadLetterRecord deadLetter;

  /** Whether the event stated its own time. */
  public boolean timeStated;

  public static DecodedRecord of(EventRecord event, boolean timeStated) {
    DecodedRecord decoded = new DecodedRecord();
    decoded.event = event;
    decoded.timeStated = timeStated;
    return decoded;
  }

  public static DecodedRecord of(DeadLetterRecord deadLetter) {
    DecodedRecord decoded = new DecodedRecord();
    decoded.deadLetter = deadLetter;
    return decoded;
  }
}
