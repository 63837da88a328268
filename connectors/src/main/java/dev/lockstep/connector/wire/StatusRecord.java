package dev.lockstep.connector.wire;

/** A status for a compacted topic: the newest of a key counts. A Flink POJO. */
public final class StatusRecord {
  /** The key, for example {@code engine/rule-id}. */
  public String key = "";

  /** One JSON object in UTF-8. */
  public byte[] json = {};

  public StatusRecord() {}

  public StatusRecord(String key, byte[] json) {
    this.key = key;
    this.json = json;
  }
}
