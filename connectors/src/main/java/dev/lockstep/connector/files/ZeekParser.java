package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Lines of Zeek as events: columns by their names and of their types, and which log it is. */
final class ZeekParser implements LineParser {
  private static final byte[] PATH = EventText.name("_path");
  private static final byte[] TIMESTAMP = EventText.name("@timestamp");
  private static final int MOST_SECONDS = 10;
  private static final int MOST_NANOS = 9;

  private final EventText event = new EventText();
  private final ZeekHead head;
  private final Column[] columns;
  private final byte[] separator;
  private final byte[] setSeparator;
  private final byte[] unset;
  private final byte[] empty;

  /** Lines come in the order of time: many of them have the second of the one before. */
  private long second = Long.MIN_VALUE;

  /** Its text up to its fraction, with the quote before it. */
  private byte[] secondText = new byte[0];

  ZeekParser(ZeekHead head) {
    this.head = head;
    this.columns = new Column[head.problem().isEmpty() ? head.fields().size() : 0];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column(i, head.fields().get(i), head.types().get(i));
    }
    this.separator = head.separator().getBytes(UTF_8);
    this.setSeparator = head.setSeparator().getBytes(UTF_8);
    this.unset = head.unsetField().getBytes(UTF_8);
    this.empty = head.emptyField().getBytes(UTF_8);
  }

  /** Another {@code #fields} in the middle of a file is no remark: it changes what follows. */
  @Override
  public boolean skips(byte[] line) {
    return line.length == 0 || (line[0] == '#' && !changesColumns(line));
  }

  @Override
  public byte[] event(byte[] line) throws RefusedRecordException {
    if (!head.problem().isEmpty()) {
      throw new RefusedRecordException(head.problem());
    }
    if (line[0] == '#') {
      throw new RefusedRecordException(
          "these columns are not those at the beginning of the file, by which the lines after it"
              + " are read, too; logs of different columns must be different files");
    }
    event.begin();
    if (!head.path().isEmpty()) {
      event.member(PATH);
      event.string(head.path());
    }
    int read = 0;
    int start = 0;
    boolean more = true;
    while (more && read < columns.length) {
      int end = indexOf(separator, line, start, line.length);
      more = end < line.length;
      if (!is(unset, line, start, end)) {
        write(columns[read], line, start, end);
      }
      read++;
      start = end + separator.length;
    }
    if (more || read < columns.length) {
      throw otherColumns(line);
    }
    return event.end();
  }

  private RefusedRecordException otherColumns(byte[] line) {
    return new RefusedRecordException(
        "the line has %d columns, #fields names %d".formatted(countOf(line), columns.length));
  }

  private int countOf(byte[] line) {
    int count = 1;
    for (int at = indexOf(separator, line, 0, line.length); at < line.length; count++) {
      at = indexOf(separator, line, at + separator.length, line.length);
    }
    return count;
  }

  private boolean changesColumns(byte[] line) {
    String directive = new String(line, UTF_8);
    if (!directive.startsWith("#fields" + head.separator())) {
      return false;
    }
    List<String> words = ZeekText.split(directive, head.separator());
    return !words.subList(1, words.size()).equals(head.fields());
  }

  private void write(Column column, byte[] line, int start, int end) throws RefusedRecordException {
    if (column.isTimestamp) {
      writeTimestamp(column, line, start, end);
    }
    event.member(column.member);
    if (column.isMany) {
      writeElements(column, line, start, end);
    } else {
      writeScalar(column, line, start, end);
    }
  }

  private void writeTimestamp(Column column, byte[] line, int start, int end)
      throws RefusedRecordException {
    if (!EventText.isDecimal(line, start, end)) {
      throw refused(column, "no number of seconds since 1970", line, start, end);
    }
    event.member(TIMESTAMP);
    int point = indexOf('.', line, start, end);
    int fraction = Math.max(0, end - point - 1);
    if (line[start] != '-' && point - start <= MOST_SECONDS && fraction <= MOST_NANOS) {
      writeNear(line, start, point, fraction);
      return;
    }
    try {
      BigDecimal seconds = new BigDecimal(EventText.text(line, start, end));
      long whole = seconds.longValue();
      long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
      event.string(Instant.ofEpochSecond(whole, nanos).toString());
    } catch (DateTimeException | ArithmeticException e) {
      throw refused(column, "a time that is too far away", line, start, end);
    }
  }

  /** As {@link Instant} says it: with no digits of a fraction, or three, six or nine. */
  private void writeNear(byte[] line, int start, int point, int fraction) {
    long seconds = 0;
    for (int i = start; i < point; i++) {
      seconds = seconds * 10 + (line[i] - '0');
    }
    if (seconds != second) {
      String text = Instant.ofEpochSecond(seconds).toString();
      secondText = ('"' + text.substring(0, text.length() - 1)).getBytes(UTF_8);
      second = seconds;
    }
    event.raw(secondText, 0, secondText.length);
    int digits = fraction;
    while (digits > 0 && line[point + digits] == '0') {
      digits--;
    }
    if (digits > 0) {
      event.raw(line, point, point + 1 + digits);
      for (int i = digits; i % 3 != 0; i++) {
        event.put('0');
      }
    }
    event.put('Z');
    event.put('"');
  }

  /** Sets and vectors. */
  private void writeElements(Column column, byte[] line, int start, int end)
      throws RefusedRecordException {
    event.beginArray();
    if (!is(empty, line, start, end)) {
      for (int from = start; from <= end; ) {
        int to = indexOf(setSeparator, line, from, end);
        if (!is(unset, line, from, to)) {
          event.element();
          writeScalar(column, line, from, to);
        }
        from = to == end ? end + 1 : to + setSeparator.length;
      }
    }
    event.endArray();
  }

  private void writeScalar(Column column, byte[] line, int start, int end)
      throws RefusedRecordException {
    switch (column.kind) {
      case BOOL -> {
        boolean isTrue = end - start == 1 && line[start] == 'T';
        if (!isTrue && !(end - start == 1 && line[start] == 'F')) {
          throw refused(column, "neither T nor F", line, start, end);
        }
        event.bool(isTrue);
      }
      case NUMBER -> {
        if (!EventText.isDecimal(line, start, end)) {
          throw refused(column, "no number", line, start, end);
        }
        event.decimal(line, start, end);
      }
      case TEXT -> {
        if (is(empty, line, start, end)) {
          event.string("");
        } else if (indexOf('\\', line, start, end) < end) {
          event.string(ZeekText.unescaped(EventText.text(line, start, end)));
        } else {
          event.string(line, start, end);
        }
      }
    }
  }

  private RefusedRecordException refused(
      Column column, String what, byte[] line, int start, int end) {
    if (countOf(line) != columns.length) {
      return otherColumns(line);
    }
    return new RefusedRecordException(
        "column %d (%s) is %s: '%s'"
            .formatted(
                column.index + 1,
                head.fields().get(column.index),
                what,
                AccessLogParser.shortened(EventText.text(line, start, end))));
  }

  private static boolean is(byte[] text, byte[] line, int start, int end) {
    return end - start == text.length && Arrays.equals(line, start, end, text, 0, text.length);
  }

  /** Where the text is, or {@code end}. */
  private static int indexOf(byte[] text, byte[] line, int start, int end) {
    int at = indexOf((char) (text[0] & 0xFF), line, start, end);
    while (at < end
        && (end - at < text.length
            || !Arrays.equals(line, at, at + text.length, text, 0, text.length))) {
      at = indexOf((char) (text[0] & 0xFF), line, at + 1, end);
    }
    return at;
  }

  private static int indexOf(char character, byte[] line, int start, int end) {
    int at = start;
    while (at < end && line[at] != (byte) character) {
      at++;
    }
    return at;
  }

  /** What becomes of a column. */
  private static final class Column {
    private final int index;
    private final byte[] member;
    private final boolean isTimestamp;
    private final boolean isMany;
    private final Kind kind;

    Column(int index, String name, String type) {
      this.index = index;
      this.member = EventText.name(name);
      this.isTimestamp = name.equals("ts") && type.equals("time");
      int inner = type.indexOf('[');
      this.isMany = inner >= 0;
      this.kind = Kind.of(isMany ? type.substring(inner + 1).replace("]", "") : type);
    }
  }

  private enum Kind {
    BOOL,
    NUMBER,
    TEXT;

    static Kind of(String type) {
      return switch (type) {
        case "bool" -> BOOL;
        case "count", "int", "port", "double", "interval", "time" -> NUMBER;
        default -> TEXT;
      };
    }
  }
}
