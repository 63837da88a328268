package dev.lockstep.connector.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a record came with beside its value, as far as reading it again may need it. A Flink POJO;
 * its arrays are not to be changed.
 */
public final class Transport {

  /** No longer key, and no longer headers, travel with an event. */
  public static final int MAX_BYTES = 8 * 1024;

  /** The key, or null when the record has none. */
  public byte @Nullable [] key;

  /** The record's timestamp in milliseconds since the epoch, or negative when it has none. */
  public long recordedAtMillis = -1;

  /** As {@link RecordHeaders#encode} writes them, or null when there are none. */
  public byte @Nullable [] headers;

  /** Whether key or headers were too long to be kept: the record cannot be read as it was. */
  public boolean cut;

  public Transport() {}

  /** Keeps what is within the bound. */
  public Transport(byte @Nullable [] key, long recordedAtMillis, RecordHeaders headers) {
    this.recordedAtMillis = recordedAtMillis;
    this.cut = (key != null && key.length > MAX_BYTES) || headers.size() > MAX_BYTES;
    this.key = key != null && key.length > MAX_BYTES ? null : key;
    this.headers = headers.isEmpty() || headers.size() > MAX_BYTES ? null : headers.encode();
  }

  /** Returns the headers that were kept. */
  public RecordHeaders headers() {
    return headers == null ? RecordHeaders.NONE : RecordHeaders.decode(headers);
  }
}
