package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * The columns of a line, which spaces part; those that may have spaces in them are in quotes. For
 * one thread, one line after the other.
 */
final class AccessLogColumns {
  private static final byte[] ESCAPED_QUOTE = "x22".getBytes(ISO_8859_1);

  private byte[] line = new byte[0];
  private int at;
  private int number;

  // The column that was just read, as it was meant.
  private boolean inQuotes;
  private byte[] bytes = line;
  private int start;
  private int end;

  void begin(byte[] nextLine) {
    line = nextLine;
    at = 0;
    number = 0;
  }

  /** Goes to the next column, or returns false at the end of the line. */
  boolean next(String name) throws RefusedRecordException {
    if (at >= line.length) {
      return false;
    }
    number++;
    inQuotes = line[at] == '"';
    bytes = line;
    if (inQuotes) {
      quoted(name);
    } else {
      plain(name);
    }
    at++; // the space after it
    return true;
  }

  /** Whether the column was in quotes. */
  boolean inQuotes() {
    return inQuotes;
  }

  /** Whether the column says that there is nothing. */
  boolean isNothing() {
    return start == end || (end - start == 1 && bytes[start] == '-');
  }

  /** What the column is in, from {@link #start} to {@link #end}. */
  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  String text() {
    return EventText.text(bytes, start, end);
  }

  /** How a message names the column. */
  String place(String name) {
    return "column %d (%s)".formatted(number, name);
  }

  private void plain(String name) throws RefusedRecordException {
    byte[] in = line;
    int to = at;
    while (to < in.length && in[to] != ' ') {
      to++;
    }
    if (to == at) {
      throw new RefusedRecordException(
          place(name) + " is empty: one space should part columns, and '-' stand for nothing");
    }
    start = at;
    end = to;
    at = to;
  }

  /** A quote in the middle of a text, as some programs have it in their names, does not close. */
  private void quoted(String name) throws RefusedRecordException {
    byte[] in = line;
    int last = in.length - 1;
    int to = at + 1;
    boolean escapes = false;
    while (to <= last) {
      byte character = in[to];
      if (character == '"' && (to == last || in[to + 1] == ' ')) {
        break;
      }
      if (character == '\\' && to < last) {
        escapes = true;
        to++;
      }
      to++;
    }
    if (to > last) {
      throw new RefusedRecordException(place(name) + " begins with a quote that is not closed");
    }
    start = at + 1;
    end = to;
    at = to + 1;
    if (escapes) {
      unescape();
    }
  }

  /** Undoes escapes of quotes and of backslashes, and leaves all others as they are. */
  private void unescape() {
    byte[] plain = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      byte character = line[i];
      boolean escape = character == '\\' && i + 1 < end;
      if (escape && (line[i + 1] == '"' || line[i + 1] == '\\')) {
        plain[length++] = line[++i];
      } else if (escape
          && end - i > ESCAPED_QUOTE.length
          && Arrays.equals(line, i + 1, i + 4, ESCAPED_QUOTE, 0, ESCAPED_QUOTE.length)) {
        plain[length++] = '"';
        i += ESCAPED_QUOTE.length;
      } else {
        plain[length++] = character;
      }
    }
    bytes = plain;
    start = 0;
    end = length;
  }
}
