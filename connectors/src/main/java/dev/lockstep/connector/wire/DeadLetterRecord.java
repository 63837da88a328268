package dev.lockstep.connector.wire;

import dev.lockstep.event.DeadLetterClass;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be processed, kept with its reason and with what it takes to try again;
 * or a {@link LetterCommand} about it. A Flink POJO.
 */
public final class DeadLetterRecord {
  /** Name of a {@link DeadLetterClass}. */
  public String deadLetterClass = "";

  /** What is wrong and what would be right. */
  public String reason = "";

  /** Where it came from: {@code topic/partition/offset}. */
  public String origin = "";

  /** Customer id, or null when it is not known. */
  public @Nullable String customer;

  /** The original bytes. */
  public byte[] bytes = {};

  /** Event time, in milliseconds since the epoch; negative when it is not known. */
  public long occurredAtMillis = -1;

  /** How often it was tried again: 0 for what failed for the first time. */
  public int attempt;

  /** The rule that failed, or null when none did. */
  public @Nullable String ruleId;

  /** What its record came with; null where nobody knows. */
  public @Nullable Transport transport;

  /** Number of the original bytes where only the first are here, else 0. */
  public int originalBytes;

  /** The engine that wrote it; empty for one that is not written yet. */
  public String engine = "";

  /** Name of a {@link LetterCommand}, or null when this is a letter. */
  public @Nullable String command;

  public DeadLetterRecord() {}

  public DeadLetterRecord(
      DeadLetterClass deadLetterClass,
      String reason,
      String origin,
      @Nullable String customer,
      byte[] bytes) {
    this.deadLetterClass = deadLetterClass.name();
    this.reason = reason;
    this.origin = origin;
    this.customer = customer;
    this.bytes = bytes;
  }

  /** Returns a letter about an event, with all that it takes to judge it again. */
  public static DeadLetterRecord about(EventRecord event, DeadLetterClass why, String reason) {
    DeadLetterRecord letter =
        new DeadLetterRecord(why, reason, event.origin, event.customer, event.json);
    letter.transport = event.transport;
    letter.occurredAtMillis = event.occurredAtMillis;
    return letter;
  }

  /** Returns the note that the event's next try succeeded; it has no bytes. */
  public static DeadLetterRecord resolved(EventRecord event, Retry retry) {
    DeadLetterRecord note = new DeadLetterRecord();
    note.deadLetterClass = retry.deadLetterClass;
    note.origin = event.origin;
    note.customer = event.customer;
    note.ruleId = retry.ruleId;
    note.attempt = retry.attempt;
    note.command = LetterCommand.RESOLVED.wireName();
    return note;
  }

  /** Returns the note that nothing is left to do about the letter; it has no bytes. */
  public static DeadLetterRecord resolved(DeadLetterRecord letter) {
    DeadLetterRecord note = letter.withCommand(LetterCommand.RESOLVED);
    note.bytes = new byte[0];
    note.originalBytes = 0;
    note.transport = null;
    return note;
  }

  /** Returns what stays the same over all attempts: origin, class and rule. */
  public String identity() {
    return origin + " " + deadLetterClass + (ruleId == null ? "" : " " + ruleId);
  }

  /** Returns event time, else when its record was written, else 0, in milliseconds. */
  public long timeMillis() {
    if (occurredAtMillis >= 0) {
      return occurredAtMillis;
    }
    return transport == null ? 0 : Math.max(0, transport.recordedAtMillis);
  }

  /** Returns whether trying again could not be what the first try was: something is cut off. */
  public boolean isCut() {
    return originalBytes > 0 || (transport != null && transport.cut);
  }

  /** Returns this letter as of that attempt. */
  public DeadLetterRecord atAttempt(int number) {
    DeadLetterRecord copy = copy();
    copy.attempt = number;
    return copy;
  }

  /** Returns this letter as a command about itself, or as a mere letter. */
  public DeadLetterRecord withCommand(@Nullable LetterCommand next) {
    DeadLetterRecord copy = copy();
    copy.command = next == null ? null : next.wireName();
    return copy;
  }

  private DeadLetterRecord copy() {
    DeadLetterRecord copy = new DeadLetterRecord();
    copy.deadLetterClass = deadLetterClass;
    copy.reason = reason;
    copy.origin = origin;
    copy.customer = customer;
    copy.bytes = bytes;
    copy.occurredAtMillis = occurredAtMillis;
    copy.attempt = attempt;
    copy.ruleId = ruleId;
    copy.transport = transport;
    copy.originalBytes = originalBytes;
    copy.engine = engine;
    copy.command = command;
    return copy;
  }
}
