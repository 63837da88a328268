package dev.lockstep.connector.files;

import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.event.InboundRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record of a file seen as an inbound record: what its path says are its headers. */
final class FileInboundRecord implements InboundRecord {

  private final byte[] event;
  private final String origin;
  private final RecordHeaders headers;
  private final Instant modifiedAt;

  FileInboundRecord(byte[] event, String origin, RecordHeaders headers, Instant modifiedAt) {
    this.event = event;
    this.origin = origin;
    this.headers = headers;
    this.modifiedAt = modifiedAt;
  }

  @Override
  public byte[] value() {
    return event;
  }

  @Override
  public @Nullable String key() {
    return null;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.last(name);
  }

  /** The path and the offset of the record in the decompressed file, however it is split. */
  @Override
  public String origin() {
    return origin;
  }

  @Override
  public Instant recordedAt() {
    return modifiedAt;
  }
}
