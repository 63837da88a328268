package dev.lockstep.connector.wire;

import org.jspecify.annotations.Nullable;

/**
 * An event on its way to judgement. Flink's POJO rules hold: public fields, no-argument
 * constructor.
 */
public final class EventRecord {
  /** Customer id, not blank. */
  public String customer = "";

  /** Event id, not blank. */
  public String id = "";

  /** Event time in milliseconds since the epoch. */
  public long occurredAtMillis;

  /** Where it came from: {@code topic/partition/offset}. */
  public String origin = "";

  /** One JSON object in UTF-8, as it came in. */
  public byte[] json = {};

  /** What its record came with, for a dead letter; null where nobody knows. */
  public @Nullable Transport transport;

  /** The dead letter that it is a next try of, or null when it is here for the first time. */
  public @Nullable Retry retry;

  /** Whether it came later than what needs the order of events can take. */
  public boolean late;

  public EventRecord() {}

  public EventRecord(
      String customer, String id, long occurredAtMillis, String origin, byte[] json) {
    this.customer = customer;
    this.id = id;
    this.occurredAtMillis = occurredAtMillis;
    this.origin = origin;
    this.json = json;
  }
}
