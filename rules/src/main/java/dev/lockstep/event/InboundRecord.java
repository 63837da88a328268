package dev.lockstep.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record as it arrives from outside, before anything is known of it. */
public interface InboundRecord {

  /** The value's bytes, or null for a record without a value. Not to be changed. */
  byte @Nullable [] value();

  /** The key as UTF-8 text, or null when the record has none. */
  @Nullable String key();

  /** The last header of that name as UTF-8 text, or null when there is none. */
  @Nullable String header(String name);

  /** Where the record came from, unique within the input: {@code topic/partition/offset}. */
  String origin();

  /** The time that the transport recorded. */
  Instant recordedAt();
}
