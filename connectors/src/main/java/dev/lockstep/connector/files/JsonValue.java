package dev.lockstep.connector.files;

import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Passes over JSON values without keeping them. It knows the grammar of brackets, strings, commas
 * and colons; whether a number or an escape is one is left to whoever reads the value.
 */
final class JsonValue {
  private static final int MAX_DEPTH = 1000;

  /** What may come next, as messages name it. */
  private enum Expected {
    VALUE("a value"),
    VALUE_OR_END("a value or ']'"),
    KEY("a key in quotes"),
    KEY_OR_END("a key in quotes or '}'"),
    COLON("':'"),
    COMMA_OR_END("',' or the closing bracket");

    final String words;

    Expected(String words) {
      this.words = words;
    }

    boolean value() {
      return this == VALUE || this == VALUE_OR_END;
    }

    boolean key() {
      return this == KEY || this == KEY_OR_END;
    }
  }

  private final FileBytes bytes;
  private final BitSet objects = new BitSet();
  private int depth;
  private boolean atLineStart;

  JsonValue(FileBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Passes over the value that begins with the next byte.
   *
   * @return what is wrong with it, or null. The next byte is then the one after it: broken values
   *     end where their brackets close, if these are counted on, or before the next line that
   *     begins with a brace, or with the file
   */
  @Nullable String pass() throws IOException {
    depth = 0;
    atLineStart = false;
    Expected expected = Expected.VALUE;
    while (true) {
      int c = bytes.peek();
      if (isSpace(c)) {
        atLineStart = c == '\n';
        bytes.skip();
        continue;
      }
      Expected next = c < 0 ? null : step(c, expected);
      if (next == null) {
        return broken(expected, c);
      }
      if (depth == 0) {
        return null;
      }
      atLineStart = false;
      expected = next;
    }
  }

  /** Passes over what belongs together here, if it is no more than a text or a word. */
  void passWord() throws IOException {
    if (bytes.peek() == '"') {
      string();
    }
    for (int c = bytes.peek(); c >= 0 && "{[],\n".indexOf(c) < 0; c = bytes.peek()) {
      bytes.skip();
    }
  }

  /** Passes over a string whose opening quote is next; returns false if it is not closed. */
  boolean string() throws IOException {
    bytes.skip();
    while (true) {
      int c = bytes.peek();
      if (c < ' ') {
        return false; // also at the end of the file
      }
      bytes.skip();
      if (c == '"') {
        return true;
      }
      if (c == '\\' && bytes.peek() >= ' ') {
        bytes.skip();
      }
    }
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Returns what may follow, or null if {@code c} may not stand here. */
  private @Nullable Expected step(int c, Expected expected) throws IOException {
    return switch (c) {
      case '"' -> text(expected);
      case '{', '[' -> open(c, expected);
      case '}', ']' -> close(c, expected);
      case ':' -> expected == Expected.COLON ? passed(Expected.VALUE) : null;
      case ',' -> expected == Expected.COMMA_OR_END ? passed(afterComma()) : null;
      default -> expected.value() && passScalar() ? Expected.COMMA_OR_END : null;
    };
  }

  private Expected passed(Expected next) {
    bytes.skip();
    return next;
  }

  private Expected afterComma() {
    return objects.get(depth - 1) ? Expected.KEY : Expected.VALUE;
  }

  private @Nullable Expected text(Expected expected) throws IOException {
    if (!(expected.value() || expected.key()) || !string()) {
      return null;
    }
    return expected.key() ? Expected.COLON : Expected.COMMA_OR_END;
  }

  private @Nullable Expected open(int c, Expected expected) {
    if (!expected.value() || depth >= MAX_DEPTH) {
      return null;
    }
    objects.set(depth++, c == '{');
    return passed(c == '{' ? Expected.KEY_OR_END : Expected.VALUE_OR_END);
  }

  private @Nullable Expected close(int c, Expected expected) {
    if (depth == 0 || objects.get(depth - 1) != (c == '}') || !mayEnd(expected)) {
      return null;
    }
    depth--;
    return passed(Expected.COMMA_OR_END);
  }

  private static boolean mayEnd(Expected expected) {
    return expected == Expected.COMMA_OR_END
        || expected == Expected.KEY_OR_END
        || expected == Expected.VALUE_OR_END;
  }

  private boolean passScalar() throws IOException {
    boolean some = false;
    for (int c = bytes.peek(); isScalar(c); c = bytes.peek()) {
      bytes.skip();
      some = true;
    }
    return some;
  }

  private static boolean isScalar(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '+'
        || c == '.';
  }

  private String broken(Expected expected, int found) throws IOException {
    long at = bytes.offset() - bytes.markedOffset();
    if (found < 0) {
      return "the file ends within the record, after %d bytes of it".formatted(at);
    }
    String problem =
        depth >= MAX_DEPTH
            ? "nested deeper than %d levels at byte %d of the record".formatted(MAX_DEPTH, at)
            : found == '"' && (expected.value() || expected.key())
                ? "a text is not closed before byte %d of the record".formatted(at)
                : "not JSON at byte %d of the record: %s should stand there"
                    .formatted(at, expected.words);
    recover();
    return problem;
  }

  private void recover() throws IOException {
    while (true) {
      int c = bytes.peek();
      if (c < 0 || (atLineStart && c == '{')) {
        return;
      }
      atLineStart = c == '\n';
      if (c == '"') {
        string();
        continue;
      }
      bytes.skip();
      if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth <= 0) {
        return;
      }
    }
  }
}
