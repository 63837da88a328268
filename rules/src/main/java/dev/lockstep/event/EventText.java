package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A string, a number or a name of an event, as the bytes of the event or decoded. Belongs to one
 * thread, which uses it again for other texts once the event goes.
 */
public final class EventText {
  private static final byte[] NO_BYTES = {};
  private static final int HEX = 16;
  private static final int DIGITS_OF_A_UNIT = 4;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;

  /** By the character after a backslash, if it is one of ASCII, what it stands for. */
  private static final byte[] ESCAPES = escapes();

  /** How much room {@link #unescape} needs behind the text. */
  public static final int ROOM_BEHIND = Long.BYTES;

  /** The bytes that many texts are parts of, so that each event changes one reference only. */
  static final class Source {
    private byte[] json = NO_BYTES;

    void set(byte[] event) {
      json = event;
    }

    void clear() {
      json = NO_BYTES;
    }
  }

  private final Source source;
  private int from;
  private int to;
  private boolean ascii;
  private boolean escaped;
  private @Nullable String decoded;

  EventText(Source source) {
    this.source = source;
  }

  private EventText(String decoded) {
    this(new Source());
    this.decoded = decoded;
  }

  /** Returns a text that is decoded already and has no bytes. */
  public static EventText of(String decoded) {
    return new EventText(decoded);
  }

  /** Holds a part of the source, which is valid JSON. */
  void set(int from, int to, boolean ascii, boolean escaped) {
    this.from = from;
    this.to = to;
    this.ascii = ascii;
    this.escaped = escaped;
    forget();
  }

  /** Keeps no copy of the text. */
  void forget() {
    if (decoded != null) {
      decoded = null;
    }
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

  /** What holds the bytes of the text as JSON has them; empty if there is only the text itself. */
  public byte[] bytes() {
    return source.json;
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
      byte[] json = source.json;
      text =
          !escaped
              ? new String(json, from, to - from, ascii ? ISO_8859_1 : UTF_8)
              : ascii ? unescapedAscii() : unescaped(new String(json, from, to - from, UTF_8));
      decoded = text;
    }
    return text;
  }

  /**
   * Writes an ASCII text without its escapes, and up to {@value #ROOM_BEHIND} bytes of no meaning
   * behind it.
   *
   * @return where the text ends
   */
  public int unescape(byte[] target, int start) {
    byte[] json = source.json;
    int at = start;
    int i = from;
    while (i + Long.BYTES <= to) {
      long eight = (long) LONG.get(json, i);
      LONG.set(target, at, eight);
      long escapes = backslashes(eight);
      int plain = escapes == 0 ? Long.BYTES : Long.numberOfTrailingZeros(escapes) / Byte.SIZE;
      i += plain;
      at += plain;
      if (escapes != 0) {
        target[at++] = ESCAPES[json[i + 1]];
        i += 2;
      }
    }
    while (i < to) {
      boolean escaped = json[i] == '\\';
      target[at++] = escaped ? ESCAPES[json[i + 1]] : json[i];
      i += escaped ? 2 : 1;
    }
    return at;
  }

  /** The high bit of the first byte that is a backslash, and perhaps of others behind it. */
  private static long backslashes(long eight) {
    long different = eight ^ ('\\' * ONES);
    return (different - ONES) & ~different & HIGH_BITS;
  }

  private String unescapedAscii() {
    byte[] unescaped = new byte[to - from + ROOM_BEHIND];
    return new String(unescaped, 0, unescape(unescaped, 0), ISO_8859_1);
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[0x80];
    for (int c = 0; c < escapes.length; c++) {
      escapes[c] =
          switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (byte) c;
          };
    }
    return escapes;
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
        unescaped.append((char) ESCAPES[text.charAt(i)]);
      }
    }
    return unescaped.toString();
  }
}
