package dev.lockstep.connector.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.event.InboundRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The record that a dead letter is about, as it came in: origin, and hence ids, stay the same. */
public final class StoredRecord implements InboundRecord {

  private final DeadLetterRecord letter;
  private final Transport transport;
  private final RecordHeaders headers;

  public StoredRecord(DeadLetterRecord letter) {
    this.letter = letter;
    this.transport = letter.transport == null ? new Transport() : letter.transport;
    this.headers = transport.headers();
  }

  @Override
  public byte[] value() {
    return letter.bytes;
  }

  @Override
  public @Nullable String key() {
    byte[] key = transport.key;
    return key == null ? null : new String(key, UTF_8);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.last(name);
  }

  @Override
  public String origin() {
    return letter.origin;
  }

  @Override
  public Instant recordedAt() {
    return Instant.ofEpochMilli(Math.max(transport.recordedAtMillis, 0));
  }
}
