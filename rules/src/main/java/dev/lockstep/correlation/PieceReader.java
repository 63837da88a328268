package dev.lockstep.correlation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads what {@link PieceWriter} wrote. */
final class PieceReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int at;
  private int version;

  PieceReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The version of the form of what follows. */
  int version() {
    return version;
  }

  void version(int version) {
    this.version = version;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  boolean readBoolean() {
    return readByte() != 0;
  }

  int readByte() {
    return bytes[at++];
  }

  int readInt() {
    int value = (int) INT.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  long readLong() {
    long value = (long) LONG.get(bytes, at);
    at += Long.BYTES;
    return value;
  }

  byte[] readBytes(int length) {
    byte[] read = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return read;
  }

  void skip(int length) {
    at += length;
  }

  int readUnsignedShort() {
    int value = ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    at += Short.BYTES;
    return value;
  }

  /**
   * Reads a text that {@link PieceWriter#writeUtf} wrote.
   *
   * @param length in bytes
   * @param plain whether each byte is a character
   */
  String readUtf(int length, boolean plain) {
    int begin = at;
    at += length;
    return plain ? new String(bytes, begin, length, ISO_8859_1) : decode(begin, at);
  }

  private String decode(int begin, int end) {
    char[] text = new char[end - begin];
    int size = 0;
    int from = begin;
    while (from < end) {
      int first = bytes[from];
      if (first >= 0) {
        text[size++] = (char) first;
        from++;
      } else if ((first & 0x20) == 0) {
        text[size++] = (char) (((first & 0x1F) << 6) | (bytes[from + 1] & 0x3F));
        from += 2;
      } else {
        text[size++] =
            (char)
                (((first & 0x0F) << 12)
                    | ((bytes[from + 1] & 0x3F) << 6)
                    | (bytes[from + 2] & 0x3F));
        from += 3;
      }
    }
    return new String(text, 0, size);
  }
}
