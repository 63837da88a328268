package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * A string, a number or a name of an event, as the bytes of the event or decoded. Belongs to one
 * thread, which uses it again for other texts; no part of it is kept when the event goes.
 */
public final class EventText {
  private static final byte[] NO_BYTES = {};
  private static final int HEX = 16;
  private static final int DIGITS_OF_A_UNIT = 4;

  private byte[] json = NO_BYTES;
  private int from;
  private int to;
  private boolean ascii;
  private boolean escaped;
  private @Nullable String decoded;

  /** Holds a text that is decoded already. */
  public void set(String text) {
    json = NO_BYTES;
    decoded = text;
    ascii = false;
    escaped = false;
  }

  /** Holds the same as the other, whatever becomes of that. */
  public void set(EventText other) {
    json = other.json;
    from = other.from;
    to = other.to;
    ascii = other.ascii;
    escaped = other.escaped;
    decoded = other.decoded;
  }

  /** Holds bytes of the event's JSON, which are valid. */
  void set(byte[] json, int from, int to, boolean ascii, boolean escaped) {
    this.json = json;
    this.from = from;
    this.to = to;
    this.ascii = ascii;
    this.escaped = escaped;
    this.decoded = null;
  }

  /**
   * Whether the bytes are the text in ASCII, but for escapes if there are any; they stand for one
   * ASCII character each.
   */
  public boolean isAscii() {
    return ascii;
  }

  /** Whether a backslash in the bytes begins an escape. */
  public boolean isEscaped() {
    return escaped;
  }

  /** What holds the bytes of the text, if it is ASCII. */
  public byte[] bytes() {
    return json;
  }

  /** Where the bytes begin. */
  public int from() {
    return from;
  }

  /** Where the bytes end. */
  public int to() {
    return to;
  }

  /** The text itself. */
  public String decoded() {
    String text = decoded;
    if (text == null) {
      text =
          !escaped
              ? new String(json, from, to - from, ascii ? ISO_8859_1 : UTF_8)
              : ascii ? unescapedAscii() : unescaped(new String(json, from, to - from, UTF_8));
      decoded = text;
    }
    return text;
  }

  /** What the character after a backslash stands for, if that is one of ASCII. */
  public static byte escape(byte character) {
    return switch (character) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> character;
    };
  }

  private String unescapedAscii() {
    byte[] unescaped = new byte[to - from];
    int length = 0;
    int done = from;
    for (int i = from; i < to; i++) {
      if (json[i] == '\\') {
        System.arraycopy(json, done, unescaped, length, i - done);
        length += i - done;
        unescaped[length++] = escape(json[++i]);
        done = i + 1;
      }
    }
    System.arraycopy(json, done, unescaped, length, to - done);
    return new String(unescaped, 0, length + to - done, ISO_8859_1);
  }

  private static String unescaped(String text) {
    StringBuilder unescaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        unescaped.append(c);
      } else if (text.charAt(++i) == 'u') {
        unescaped.append((char) Integer.parseInt(text, i + 1, i + 1 + DIGITS_OF_A_UNIT, HEX));
        i += DIGITS_OF_A_UNIT;
      } else {
        unescaped.append((char) escape((byte) text.charAt(i)));
      }
    }
    return unescaped.toString();
  }
}
