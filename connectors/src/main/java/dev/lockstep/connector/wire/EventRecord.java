package dev.lockstep.connector.wire;

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
