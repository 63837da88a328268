package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Writes events, one after the other, as JSON objects: from bytes to bytes, without a text between
 * them unless there is something to escape or to decode. For one thread.
 */
final class EventText {
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
  private static final int LONGEST_DECIMAL = 40;

  private byte[] out = new byte[2048];
  private int size;

  /** Returns the beginning of a member of that name. */
  static byte[] name(String name) {
    byte[] quoted = ENCODER.quoteAsUTF8(name);
    byte[] member = new byte[quoted.length + 3];
    member[0] = '"';
    System.arraycopy(quoted, 0, member, 1, quoted.length);
    member[quoted.length + 1] = '"';
    member[quoted.length + 2] = ':';
    return member;
  }

  /** Begins an event; what was written of one before is dropped. */
  void begin() {
    size = 0;
    put('{');
  }

  /** Returns the event. */
  byte[] end() {
    put('}');
    return Arrays.copyOf(out, size);
  }

  /** Begins a member; its value comes next. */
  void member(byte[] name) {
    separate('{');
    raw(name, 0, name.length);
  }

  void string(byte[] bytes, int start, int end) {
    int plain = start;
    while (plain < end && isPlain(bytes[plain])) {
      plain++;
    }
    if (plain < end) {
      string(new String(bytes, start, end - start, UTF_8));
      return;
    }
    room(end - start + 2);
    out[size++] = '"';
    System.arraycopy(bytes, start, out, size, end - start);
    size += end - start;
    out[size++] = '"';
  }

  void string(String text) {
    byte[] quoted = ENCODER.quoteAsUTF8(text);
    put('"');
    raw(quoted, 0, quoted.length);
    put('"');
  }

  void bool(boolean value) {
    byte[] text = Boolean.toString(value).getBytes(UTF_8);
    raw(text, 0, text.length);
  }

  /** Writes bytes for which {@link #isDecimal} holds as a number. */
  void decimal(byte[] bytes, int start, int end) {
    int first = bytes[start] == '-' ? start + 1 : start;
    if (end > first + 1 && bytes[first] == '0' && bytes[first + 1] != '.') {
      number(new BigDecimal(text(bytes, start, end)).toPlainString());
    } else {
      raw(bytes, start, end);
    }
  }

  /** Writes what is a number of JSON. */
  void number(String text) {
    byte[] digits = text.getBytes(UTF_8);
    raw(digits, 0, digits.length);
  }

  void beginArray() {
    put('[');
  }

  /** Begins an element; its value comes next. */
  void element() {
    separate('[');
  }

  void endArray() {
    put(']');
  }

  void put(char character) {
    room(1);
    out[size++] = (byte) character;
  }

  void raw(byte[] bytes, int start, int end) {
    room(end - start);
    System.arraycopy(bytes, start, out, size, end - start);
    size += end - start;
  }

  private void separate(char opening) {
    if (out[size - 1] != opening) {
      put(',');
    }
  }

  private void room(int bytes) {
    if (out.length - size < bytes) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, size + bytes));
    }
  }

  private static boolean isPlain(byte character) {
    return character >= ' ' && character != '"' && character != '\\';
  }

  /** Whether the bytes are a decimal number without an exponent, and not absurdly long. */
  static boolean isDecimal(byte[] bytes, int start, int end) {
    int first = start < end && bytes[start] == '-' ? start + 1 : start;
    boolean point = false;
    for (int i = first; i < end; i++) {
      byte character = bytes[i];
      if (character == '.' && !point && i > first && i < end - 1) {
        point = true;
      } else if (character < '0' || character > '9') {
        return false;
      }
    }
    return end > first && end - start <= LONGEST_DECIMAL;
  }

  static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, UTF_8);
  }
}
