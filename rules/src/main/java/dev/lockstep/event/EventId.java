package dev.lockstep.event;

import dev.lockstep.digest.Sha256;

/** Ids that events state, kept to a length that every alert can carry. */
final class EventId {

  private static final int MAX_LENGTH = 512;
  private static final int HASH_BYTES = 32;

  private EventId() {}

  /**
   * Returns the id itself, or for one of more than 512 characters {@code sha256:} and its hash: as
   * good an identity, and the same on every replay.
   */
  static String bounded(String stated) {
    if (stated.length() <= MAX_LENGTH) {
      return stated;
    }
    return "sha256:" + Sha256.hex(stated, HASH_BYTES);
  }
}
