package dev.lockstep.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/** JSON as text; left to itself, the JSON parser would take UTF-16 and UTF-32 as well. */
final class Utf8Text {

  private Utf8Text() {}

  /**
   * Decodes JSON.
   *
   * @throws IllegalArgumentException if it is not in UTF-8
   */
  static char[] of(byte[] json) {
    try {
      CharBuffer decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      char[] text = new char[decoded.length()];
      decoded.get(text);
      checkNoNul(text);
      return text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it must be in UTF-8", e);
    }
  }

  /** No JSON has this character, and all JSON in UTF-16 or UTF-32 has bytes that look like it. */
  private static void checkNoNul(char[] text) {
    for (char c : text) {
      if (c == 0) {
        throw new IllegalArgumentException("it must be in UTF-8");
      }
    }
  }
}
