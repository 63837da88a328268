package dev.lockstep.connector.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a CSV file, cut out.
 *
 * @param bytes without the line's end
 * @param problem why it is none, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Only handed on.
record CsvRecord(byte[] bytes, @Nullable String problem) {

  /**
   * Marks where the record begins and cuts it out; null at the end of the file. A quote that is
   * closed nowhere, or only beyond the bound, costs its line and not the lines after it.
   */
  static @Nullable CsvRecord cut(FileBytes bytes, int maxRecordBytes) throws IOException {
    bytes.mark();
    if (bytes.peek() < 0) {
      return null;
    }
    while (bytes.toLineFeedOrQuote() && bytes.peek() == '"') {
      boolean begins = bytes.offset() == bytes.markedOffset() || bytes.before() == ',';
      bytes.skip();
      if (begins && !passQuoted(bytes, maxRecordBytes)) {
        bytes.toLineFeed();
        return ended(bytes, "a quote opens a value and nothing closes it");
      }
    }
    return ended(bytes, null);
  }

  boolean isBlank() {
    return bytes.length == 0;
  }

  /** What is done with a value: the bytes that it means, which may be part of others. */
  interface Value {
    void is(int column, byte[] bytes, int start, int end);
  }

  /** The values in order; null where there is nothing, not even quotes. */
  List<@Nullable String> values() throws RefusedRecordException {
    List<@Nullable String> values = new ArrayList<>();
    int columns =
        forEach(
            (column, in, start, end) -> {
              values.addAll(Collections.nCopies(column - values.size(), null));
              values.add(EventText.text(in, start, end));
            });
    values.addAll(Collections.nCopies(columns - values.size(), null));
    return values;
  }

  /** Goes through the columns in which there is something, and returns how many there are. */
  int forEach(Value value) throws RefusedRecordException {
    int at = 0;
    for (int column = 0; ; column++) {
      if (at < bytes.length && bytes[at] == '"') {
        int end = closing(at + 1, column + 1);
        quoted(value, column, at + 1, end);
        at = end + 1;
      } else {
        int start = at;
        while (at < bytes.length && bytes[at] != ',') {
          at++;
        }
        if (at > start) {
          value.is(column, bytes, start, at);
        }
      }
      if (at == bytes.length) {
        return column + 1;
      }
      if (bytes[at] != ',') {
        throw new RefusedRecordException(
            "column %d goes on after the quote that closes it".formatted(column + 1));
      }
      at++;
    }
  }

  /** Hands over what is in quotes, where two of them stand for one. */
  private void quoted(Value value, int column, int start, int end) {
    byte[] single = null;
    int length = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] == '"' && single == null) {
        single = Arrays.copyOfRange(bytes, start, end);
        length = i - start;
      }
      if (single != null) {
        single[length++] = bytes[i];
        i += bytes[i] == '"' ? 1 : 0;
      }
    }
    if (single == null) {
      value.is(column, bytes, start, end);
    } else {
      value.is(column, single, 0, length);
    }
  }

  private int closing(int from, int column) throws RefusedRecordException {
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == '"') {
        if (at + 1 == bytes.length || bytes[at + 1] != '"') {
          return at;
        }
        at++;
      }
    }
    throw new RefusedRecordException(
        "column %d begins with a quote that is not closed".formatted(column));
  }

  /** Returns false, at the end of the line in which the quote is, if it is not closed. */
  private static boolean passQuoted(FileBytes bytes, int maxRecordBytes) throws IOException {
    long lineEnd = -1;
    while (lineEnd >= 0 || bytes.toLineFeedOrQuote()) {
      int c = bytes.peek();
      if (c == '\n' && lineEnd < 0) {
        lineEnd = bytes.offset();
      }
      if (c < 0 || (lineEnd >= 0 && bytes.offset() - bytes.markedOffset() > maxRecordBytes)) {
        break;
      }
      bytes.skip();
      if (c == '"') {
        if (bytes.peek() != '"') {
          return true;
        }
        bytes.skip();
      }
    }
    if (lineEnd >= 0 && !bytes.overflown()) {
      bytes.back(lineEnd);
    }
    return false;
  }

  private static CsvRecord ended(FileBytes bytes, @Nullable String problem) throws IOException {
    byte[] record = LineReader.withoutCarriageReturn(bytes.marked());
    if (bytes.peek() == '\n') {
      bytes.skip();
    }
    return new CsvRecord(record, problem);
  }
}
