package dev.lockstep.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids that events state, kept to a length that every alert can carry. */
final class EventId {

  private static final int MAX_LENGTH = 512;

  private EventId() {}

  /**
   * Returns the id itself, or for one of more than 512 characters {@code sha256:} and its hash: as
   * good an identity, and the same on every replay.
   */
  static String bounded(String stated) {
    if (stated.length() <= MAX_LENGTH) {
      return stated;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(stated.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
