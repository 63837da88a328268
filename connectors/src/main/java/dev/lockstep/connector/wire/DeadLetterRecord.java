package dev.lockstep.connector.wire;

import dev.lockstep.event.DeadLetterClass;
import org.jspecify.annotations.Nullable;

/** Something that could not be processed, kept with its reason. A Flink POJO. */
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
}
