package dev.lockstep.connector.files;

import org.jspecify.annotations.Nullable;

/** The columns of a line, which spaces part; those that may have spaces in them are in quotes. */
final class AccessLogColumns {
  private final String line;
  private int at;
  private int number;
  private boolean inQuotes;

  AccessLogColumns(String line) {
    this.line = line;
  }

  /** Returns the next column as it was meant, or null at the end of the line. */
  @Nullable String next(String name) throws RefusedRecordException {
    if (at >= line.length()) {
      return null;
    }
    number++;
    inQuotes = line.charAt(at) == '"';
    String column = inQuotes ? quoted(name) : plain(name);
    at++; // the space after it
    return column;
  }

  /** Whether the column that was just read was in quotes. */
  boolean inQuotes() {
    return inQuotes;
  }

  /** How a message names the column that was just read. */
  String place(String name) {
    return "column %d (%s)".formatted(number, name);
  }

  private String plain(String name) throws RefusedRecordException {
    int end = line.indexOf(' ', at);
    end = end < 0 ? line.length() : end;
    if (end == at) {
      throw new RefusedRecordException(
          place(name) + " is empty: one space should part columns, and '-' stand for nothing");
    }
    String column = line.substring(at, end);
    at = end;
    return column;
  }

  private String quoted(String name) throws RefusedRecordException {
    int start = at + 1;
    int end = start;
    boolean escapes = false;
    while (end < line.length() && !closes(end)) {
      if (line.charAt(end) == '\\' && end + 1 < line.length()) {
        escapes = true;
        end++;
      }
      end++;
    }
    if (end >= line.length()) {
      throw new RefusedRecordException(place(name) + " begins with a quote that is not closed");
    }
    at = end + 1;
    return escapes ? unescaped(line.substring(start, end)) : line.substring(start, end);
  }

  /** A quote in the middle of a text, as some programs have it in their names, does not close. */
  private boolean closes(int quote) {
    return line.charAt(quote) == '"'
        && (quote + 1 == line.length() || line.charAt(quote + 1) == ' ');
  }

  /** Undoes escapes of quotes and of backslashes, and leaves all others as they are. */
  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean escape = character == '\\' && i + 1 < text.length();
      if (escape && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\')) {
        plain.append(text.charAt(++i));
      } else if (escape && text.startsWith("x22", i + 1)) {
        plain.append('"');
        i += 3;
      } else {
        plain.append(character);
      }
    }
    return plain.toString();
  }
}
