package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.event.FieldPaths.Place;
import dev.lockstep.event.FieldPaths.Step;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that nearly all events are, in one pass over their bytes and without making a
 * string. Whatever it has the least doubt of, it does not read: that is for a parser to accept or
 * to refuse, and to say why. Belongs to one thread.
 */
final class PlainJson {

  /** How deep it goes; a parser may go deeper. */
  static final int MAX_DEPTH = 64;

  /** How long a number or a name it takes; a parser may take longer ones. */
  private static final int MAX_NUMBER_LENGTH = 100;

  private static final int MAX_NAME_LENGTH = 1000;
  private static final int NOTHING = -1;
  private static final byte[] NO_BYTES = {};
  private static final int LENGTH_OF_UNICODE_ESCAPE = 6;
  private static final char REPLACEMENT = '\uFFFD';

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;

  private final boolean wholeEvent;
  private final EventTexts texts = new EventTexts();
  private final EventSink sink;
  private byte[] json = NO_BYTES;
  private int at;

  PlainJson(boolean wholeEvent, EventSink sink) {
    this.wholeEvent = wholeEvent;
    this.sink = sink;
  }

  /** Tells whether it has read the event; if not, what the sink was told has no meaning. */
  boolean read(byte[] event, Place root) {
    texts.begin(event);
    json = event;
    at = 0;
    boolean read = next() == '{' && object(root, 0, 1) && next() == NOTHING;
    json = NO_BYTES;
    return read;
  }

  /** Lets go of the event; what the sink was told has no meaning any more. */
  void forget() {
    texts.forget();
  }

  private boolean object(@Nullable Place place, long route, int depth) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    at++;
    int c = next();
    if (c == '}') {
      at++;
      return true;
    }
    while (c == '"') {
      EventText member = texts.next();
      if (!string(member) || !isPlainName(member) || next() != ':') {
        return false;
      }
      at++;
      Step step = place == null ? null : place.step(member);
      boolean read =
          step == null
              ? value(member, null, 0, depth)
              : value(member, step.place(), route << step.length() | 1, depth);
      if (!read) {
        return false;
      }
      c = next();
      at++;
      if (c != ',') {
        return c == '}';
      }
      c = next();
    }
    return false;
  }

  /**
   * A parser may refuse a name that has half a pair as an escape, which no string is refused for.
   */
  private static boolean isPlainName(EventText name) {
    return name.to() - name.from() <= MAX_NAME_LENGTH && (name.isAscii() || !name.isEscaped());
  }

  private boolean array(EventText member, @Nullable Place place, long route, int depth) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    at++;
    if (next() == ']') {
      at++;
      return true;
    }
    while (value(member, place, route, depth)) {
      int c = next();
      at++;
      if (c != ',') {
        return c == ']';
      }
    }
    return false;
  }

  private boolean value(EventText member, @Nullable Place place, long route, int depth) {
    int c = next();
    int field = place == null ? EventSink.NO_FIELD : place.field();
    if (field != EventSink.NO_FIELD) {
      sink.field(field, route);
    }
    if (c == '{') {
      sink.enter(member);
      boolean read = object(place, route, depth + 1);
      sink.leave();
      return read;
    } else if (c == '[') {
      return array(member, place, route, depth + 1);
    }
    EventText value = texts.next();
    ScalarKind kind = scalar(c, value);
    if (kind != null && (wholeEvent || field != EventSink.NO_FIELD)) {
      sink.scalar(field, member, kind, value);
    }
    return kind != null;
  }

  private @Nullable ScalarKind scalar(int first, EventText value) {
    if (first == '"') {
      return string(value) ? ScalarKind.TEXT : null;
    } else if (first == 't') {
      return word("true", value) ? ScalarKind.TRUTH : null;
    } else if (first == 'f') {
      return word("false", value) ? ScalarKind.TRUTH : null;
    } else if (first == 'n') {
      return word("null", value) ? ScalarKind.NULL : null;
    }
    return number(value) ? ScalarKind.NUMBER : null;
  }

  /** Steps over blanks to the next byte and returns it, or {@link #NOTHING} at the end. */
  private int next() {
    while (at < json.length) {
      byte c = json[at];
      if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
        return c & 0xFF;
      }
      at++;
    }
    return NOTHING;
  }

  private boolean string(EventText text) {
    int from = at + 1;
    int i = from;
    long seen = 0;
    boolean escaped = false;
    boolean unicode = false;
    while (true) {
      while (i + Long.BYTES <= json.length) {
        long eight = (long) LONG.get(json, i);
        long stops = stops(eight);
        seen |= eight;
        if (stops != 0) {
          i += Long.numberOfTrailingZeros(stops) / Byte.SIZE;
          break;
        }
        i += Long.BYTES;
      }
      if (i >= json.length) {
        return false;
      }
      byte c = json[i];
      if (c == '"') {
        break;
      } else if (c == '\\') {
        int length = escapeLength(i);
        escaped = true;
        unicode |= length == LENGTH_OF_UNICODE_ESCAPE;
        if (length == 0) {
          return false;
        }
        i += length;
      } else if (c >= 0 && c < ' ') {
        return false;
      } else {
        seen |= c;
        i++;
      }
    }
    at = i + 1;
    boolean ascii = (seen & HIGH_BITS) == 0;
    text.set(from, i, ascii && !unicode, escaped);
    return ascii || new String(json, from, i - from, UTF_8).indexOf(REPLACEMENT) < 0;
  }

  /** The high bit of the first byte that is a quote, a backslash or a control character. */
  private static long stops(long eight) {
    long quotes = eight ^ ('"' * ONES);
    long backslashes = eight ^ ('\\' * ONES);
    long found =
        ((quotes - ONES) & ~quotes)
            | ((backslashes - ONES) & ~backslashes)
            | ((eight - ' ' * ONES) & ~eight);
    return found & HIGH_BITS;
  }

  /** How many bytes the escape takes, 0 if it is none. */
  private int escapeLength(int backslash) {
    if (backslash + 1 >= json.length) {
      return 0;
    }
    return switch (json[backslash + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> isUnicodeEscape(backslash) ? LENGTH_OF_UNICODE_ESCAPE : 0;
      default -> 0;
    };
  }

  private boolean isUnicodeEscape(int backslash) {
    if (backslash + LENGTH_OF_UNICODE_ESCAPE > json.length) {
      return false;
    }
    for (int i = backslash + 2; i < backslash + LENGTH_OF_UNICODE_ESCAPE; i++) {
      if (Character.digit((char) (json[i] & 0xFF), 16) < 0 || json[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean number(EventText value) {
    int from = at;
    at += peek() == '-' ? 1 : 0;
    int whole = at;
    int digits = digits();
    if (digits == 0 || (digits > 1 && json[whole] == '0')) {
      return false;
    }
    if (peek() == '.') {
      at++;
      if (digits() == 0) {
        return false;
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      at += peek() == '-' || peek() == '+' ? 1 : 0;
      if (digits() == 0) {
        return false;
      }
    }
    value.set(from, at, true, false);
    return at - from <= MAX_NUMBER_LENGTH;
  }

  private int digits() {
    int from = at;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    return at - from;
  }

  private boolean word(String expected, EventText value) {
    for (int i = 0; i < expected.length(); i++) {
      if (peek() != expected.charAt(i)) {
        return false;
      }
      at++;
    }
    value.set(at - expected.length(), at, true, false);
    return true;
  }

  private int peek() {
    return at < json.length ? json[at] : NOTHING;
  }
}
