package dev.lockstep.local.bench;

/** A record on its way through. A Flink POJO. */
public final class PassedRecord {
  /** Its value, as it came in. */
  public byte[] value = {};

  public PassedRecord() {}

  PassedRecord(byte[] value) {
    this.value = value;
  }
}
