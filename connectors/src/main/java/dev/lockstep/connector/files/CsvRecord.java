package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
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
    boolean begins = true;
    for (int c = bytes.peek(); c >= 0 && c != '\n'; c = bytes.peek()) {
      bytes.skip();
      if (c == '"' && begins && !passQuoted(bytes, maxRecordBytes)) {
        bytes.toLineFeed();
        return ended(bytes, "a quote opens a value and nothing closes it");
      }
      begins = c == ',';
    }
    return ended(bytes, null);
  }

  boolean isBlank() {
    return bytes.length == 0;
  }

  /** The values in order; null where there is nothing, not even quotes. */
  List<@Nullable String> values() throws RefusedRecordException {
    String text = new String(bytes, UTF_8);
    List<@Nullable String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      if (at < text.length() && text.charAt(at) == '"') {
        int end = closing(text, at + 1, values.size() + 1);
        values.add(text.substring(at + 1, end).replace("\"\"", "\""));
        at = end + 1;
      } else {
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        values.add(end == at ? null : text.substring(at, end));
        at = end;
      }
      if (at == text.length()) {
        return values;
      }
      if (text.charAt(at) != ',') {
        throw new RefusedRecordException(
            "column %d goes on after the quote that closes it".formatted(values.size()));
      }
      at++;
    }
  }

  private static int closing(String text, int from, int column) throws RefusedRecordException {
    for (int at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
      if (at + 1 == text.length() || text.charAt(at + 1) != '"') {
        return at;
      }
    }
    throw new RefusedRecordException(
        "column %d begins with a quote that is not closed".formatted(column));
  }

  /** Returns false, at the end of the line in which the quote is, if it is not closed. */
  private static boolean passQuoted(FileBytes bytes, int maxRecordBytes) throws IOException {
    long lineEnd = -1;
    for (int c = bytes.peek(); c >= 0; c = bytes.peek()) {
      if (c == '\n' && lineEnd < 0) {
        lineEnd = bytes.offset();
      }
      if (lineEnd >= 0 && bytes.offset() - bytes.markedOffset() > maxRecordBytes) {
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
