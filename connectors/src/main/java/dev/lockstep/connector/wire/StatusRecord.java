package dev.lockstep.connector.wire;

/** A status for a compacted topic: the newest of a key counts. A Flink POJO. */
public final class StatusRecord {
  /** The key, for example {@code engine/rule-id}. */
  public String key = "";

  /** One JSON object in UTF-8; empty when there is no status under this key any more. */
  public byte[] json = {};

  public StatusRecord() {}

  public StatusRecord(String key, byte[] json) {
    this.key = key;
    this.json = json;
  }

  /** A record that takes the status of {@code key} away. */
  public static StatusRecord gone(String key) {
    return new StatusRecord(key, new byte[0]);
  }
}
