package dev.lockstep.digest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over texts in UTF-8, as hex digits. Safe for use by several threads. */
public final class Sha256 {

  private Sha256() {}

  /** Returns the first {@code bytes} bytes of the text's hash. */
  public static String hex(String text, int bytes) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(UTF_8)), 0, bytes);
  }

  /**
   * Returns the first {@code bytes} bytes of the hash over several texts. Each is preceded by its
   * length, so that no two lists of texts share an input.
   */
  public static String hexOfParts(Iterable<String> parts, int bytes) {
    MessageDigest digest = digest();
    for (String part : parts) {
      byte[] encoded = part.getBytes(UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(encoded.length).array());
      digest.update(encoded);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, bytes);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
