package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.event.EventText;
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
  static final int PADDING = EventText.ROOM_BEHIND;

  private static final int MARK_LENGTH = 3;
  private static final byte[] NO_BYTES = {};
  private static final byte START = (byte) 0xFF;
  private static final byte END = (byte) 0xFE;

  private static final int USUAL_LENGTH = 512;
  private static final int KEPT_LENGTH = 1 << 16;
  private static final int MAX_BYTES_OF_A_UNIT = 3;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;

  private byte[] bytes;
  private int end;
  private boolean ascii;

  FoldedText() {
    this(USUAL_LENGTH);
  }

  private FoldedText(int length) {
    this.bytes = emptyRoom(length + MARK_LENGTH);
  }

  /** The folded text as the index looks for it, with the marks where it must begin or end. */
  static byte[] literal(String text, boolean atStart, boolean atEnd) {
    FoldedText folded = new FoldedText(0);
    folded.set(text);
    return Arrays.copyOfRange(
        folded.bytes, atStart ? 0 : MARK_LENGTH, folded.end - (atEnd ? 0 : MARK_LENGTH));
  }

  void set(EventText text) {
    if (text.isAscii()) {
      reserve(text.to() - text.from());
      ascii = true;
      if (text.isEscaped()) {
        end(foldAscii(bytes, MARK_LENGTH, text.unescape(bytes, MARK_LENGTH)));
      } else {
        end(foldAscii(text.bytes(), text.from(), text.to()));
      }
    } else {
      set(text.decoded());
    }
  }

  void set(String text) {
    reserve(text.length());
    ascii = isAscii(text);
    byte[] utf8 = ascii ? text.getBytes(UTF_8) : NO_BYTES;
    end(ascii ? foldAscii(utf8, 0, utf8.length) : encode(CaseFolding.fold(text)));
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
      bytes = emptyRoom(USUAL_LENGTH);
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

  private void end(int textEnd) {
    for (int i = 0; i < MARK_LENGTH; i++) {
      bytes[textEnd + i] = END;
    }
    end = textEnd + MARK_LENGTH;
  }

  /** Returns where the text ends. */
  private int foldAscii(byte[] source, int from, int to) {
    int at = MARK_LENGTH;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long eight = (long) LONG.get(source, i);
      LONG.set(bytes, at, eight | (capitals(eight) >>> 2));
      at += Long.BYTES;
    }
    for (; i < to; i++) {
      bytes[at++] = folded(source[i]);
    }
    return at;
  }

  private static byte folded(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
  }

  /** The high bit of each byte that is a capital letter, if all bytes are ASCII. */
  private static long capitals(long eight) {
    long atLeastA = eight + (0x80 - 'A') * ONES;
    long afterZ = eight + (0x80 - 'Z' - 1) * ONES;
    return atLeastA & ~afterZ & HIGH_BITS;
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
