package dev.lockstep.alert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The deterministic identity of an alert: the same event and rule give the same id in every engine,
 * on every replay, at any parallelism.
 */
public final class AlertId {

  private static final int BYTES = 16;

  private AlertId() {}

  /**
   * Returns the first 128 bits of SHA-256 over customer, rule id and event id as 32 hex digits.
   * Each part is preceded by its length, so that no two triples share an input.
   */
  public static String ofEvent(String customer, String ruleId, String eventId) {
    MessageDigest digest = sha256();
    for (String part : new String[] {customer, ruleId, eventId}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
