package dev.lockstep.connector.wire;

import org.jspecify.annotations.Nullable;

/** An alert on its way to Elasticsearch. A Flink POJO. */
public final class IndexRecord {
  /** As {@link dev.lockstep.alert.AlertJson} writes it, with its lane. */
  public byte[] json = {};

  /** Origin of the dead letter that it is the next try of; null when it was never refused. */
  public @Nullable String letterOrigin;

  /** Number of this try; 0 for the first time. */
  public int attempt;

  public IndexRecord() {}

  /** An alert that was never refused. */
  public static IndexRecord of(byte[] json) {
    IndexRecord record = new IndexRecord();
    record.json = json;
    return record;
  }

  /** The next try of an alert that was refused. */
  public static IndexRecord again(DeadLetterRecord letter) {
    IndexRecord record = of(letter.bytes);
    record.letterOrigin = letter.origin;
    record.attempt = letter.attempt;
    return record;
  }
}
