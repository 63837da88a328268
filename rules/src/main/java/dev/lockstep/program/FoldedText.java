package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The text of one value without regard to case, as bytes between two marks that no text contains,
 * so that the beginning and the end can be searched for like any other part. Its room is used again
 * for every value; belongs to one thread.
 *
 * <p>IMPLEMENTATION NOTES: nearly all texts are ASCII, and these are folded eight bytes at a time.
 * Of others each UTF-16 unit becomes up to three bytes (CESU-8), so that a part of a text, be it
 * half of a pair, is a part of the bytes.
 */
final class FoldedText {
  /** How many bytes of room there are behind the end, so that it can be read past. */
  static final int PADDING = 8;

  private static final int MARK_LENGTH = 3;
  private static final byte START = (byte) 0xFF;
  private static final byte END = (byte) 0xFE;

  private static final int KEPT_LENGTH = 1 << 16;
  private static final int MAX_BYTES_OF_A_UNIT = 3;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;

  private byte[] bytes = emptyRoom(512);
  private int end;
  private boolean ascii;

  /** The folded text as the index looks for it, with the marks where it must begin or end. */
  static byte[] literal(String text, boolean atStart, boolean atEnd) {
    FoldedText folded = new FoldedText();
    folded.set(text);
    return Arrays.copyOfRange(
        folded.bytes, atStart ? 0 : MARK_LENGTH, folded.end - (atEnd ? 0 : MARK_LENGTH));
  }

  void set(String text) {
    reserve(text.length());
    byte[] utf8 = text.getBytes(UTF_8);
    int textEnd = foldAscii(utf8, text);
    ascii = textEnd >= 0;
    if (!ascii) {
      textEnd = encode(CaseFolding.fold(text));
    }
    for (int i = 0; i < MARK_LENGTH; i++) {
      bytes[textEnd + i] = END;
    }
    end = textEnd + MARK_LENGTH;
  }

  /** Holds nothing from now on, in which nothing is found. */
  void clear() {
    end = 0;
  }

  /** The bytes from the first mark to {@link #end}; what is behind has no meaning. */
  byte[] bytes() {
    return bytes;
  }

  int end() {
    return end;
  }

  boolean isAscii() {
    return ascii;
  }

  /** Gives back what one uncommonly long text took. */
  void shrink() {
    if (bytes.length > KEPT_LENGTH) {
      bytes = emptyRoom(512);
    }
  }

  private void reserve(int units) {
    int needed = units * MAX_BYTES_OF_A_UNIT + 2 * MARK_LENGTH + PADDING;
    if (needed > bytes.length) {
      bytes = emptyRoom(needed + needed / 2);
    }
  }

  private static byte[] emptyRoom(int length) {
    byte[] room = new byte[length];
    Arrays.fill(room, 0, MARK_LENGTH, START);
    return room;
  }

  /** Returns where the text ends, or -1 if it is not all ASCII. */
  private int foldAscii(byte[] utf8, String text) {
    if (utf8.length != text.length()) {
      return -1;
    }
    byte[] to = bytes;
    long seen = 0;
    int i = 0;
    for (; i + Long.BYTES <= utf8.length; i += Long.BYTES) {
      long eight = (long) LONG.get(utf8, i);
      seen |= eight | equalBytes(eight, '?');
      LONG.set(to, MARK_LENGTH + i, eight | capitals(eight) >>> 2);
    }
    for (; i < utf8.length; i++) {
      byte b = utf8[i];
      seen |= b == '?' ? HIGH_BITS : b;
      to[MARK_LENGTH + i] = b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
    }
    // what UTF-8 cannot say, such as half of a pair, has become a question mark
    return (seen & HIGH_BITS) == 0 || isAscii(text) ? MARK_LENGTH + utf8.length : -1;
  }

  /** The high bit of each byte that is a capital letter, if all bytes are ASCII. */
  private static long capitals(long eight) {
    long atLeastA = eight + (0x80 - 'A') * ONES;
    long afterZ = eight + (0x80 - 'Z' - 1) * ONES;
    return atLeastA & ~afterZ & HIGH_BITS;
  }

  /** Has a high bit if some byte is the character; others may have one, too. */
  private static long equalBytes(long eight, char character) {
    long different = eight ^ character * ONES;
    return (different - ONES) & ~different;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private int encode(String folded) {
    reserve(folded.length());
    int at = MARK_LENGTH;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c < 0x80) {
        bytes[at++] = (byte) c;
      } else if (c < 0x800) {
        bytes[at++] = (byte) (0xC0 | (c >> 6));
        bytes[at++] = (byte) (0x80 | (c & 0x3F));
      } else {
        bytes[at++] = (byte) (0xE0 | (c >> 12));
        bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[at++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    return at;
  }
}
