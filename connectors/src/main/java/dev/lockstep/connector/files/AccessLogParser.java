package dev.lockstep.connector.files;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of access logs as events: each column under its own name, and what Sigma's rules of web
 * servers and proxies ask for under theirs.
 */
final class AccessLogParser implements LineParser {
  private static final byte[] TIME_TAKEN = EventText.name("time-taken");

  /** Digits after the point up to which times are added as whole numbers. */
  private static final int MICROS = 6;

  private static final int FEW_DIGITS = 15;

  /** By month; the 29th of February is not for every year. */
  private static final int[] LAST_DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private final EventText event = new EventText();
  private final AccessLogColumns columns = new AccessLogColumns();
  private final RequestLine request = new RequestLine();
  private final Column[] fields;
  private final int required;

  /** The three times of the request that is being read, none of them unknown: in microseconds. */
  private long micros;

  /** How many digits after the point those that are in {@link #micros} have at most. */
  private int scale;

  /** The sum of those that have too many digits, or null. */
  private @Nullable BigDecimal odd;

  private int timesKnown;

  AccessLogParser(List<AccessLogField> fields, int required) {
    this.fields = fields.stream().map(Column::new).toArray(Column[]::new);
    this.required = required;
  }

  @Override
  public boolean skips(byte[] line) {
    return line.length == 0;
  }

  @Override
  public byte[] event(byte[] line) throws RefusedRecordException {
    columns.begin(line);
    event.begin();
    micros = 0;
    scale = 0;
    odd = null;
    timesKnown = 0;
    int read = 0;
    while (read < fields.length && columns.next(fields[read].name)) {
      Column field = fields[read++];
      if (field.kind == AccessLogField.Kind.QUOTED && !columns.inQuotes()) {
        throw refused(field, "should be in quotes");
      }
      if (!columns.isNothing()) {
        write(field);
      }
    }
    if (read < required) {
      throw new RefusedRecordException(
          "the line ends before column %d (%s)".formatted(read + 1, fields[read].name));
    }
    if (read == fields.length) {
      writeFurther();
    }
    if (timesKnown == 3) {
      event.member(TIME_TAKEN);
      event.number(timeTaken());
    }
    return event.end();
  }

  private void writeFurther() throws RefusedRecordException {
    for (int number = fields.length + 1; columns.next("column_" + number); number++) {
      if (!columns.isNothing() || columns.start() == columns.end()) {
        event.member(EventText.name("column_" + number));
        writeText();
      }
    }
  }

  private void write(Column field) throws RefusedRecordException {
    byte[] bytes = columns.bytes();
    int start = columns.start();
    int end = columns.end();
    switch (field.kind) {
      case TEXT, QUOTED -> {}
      case TIME -> {
        if (!isTime(bytes, start, end)) {
          throw refused(field, "is no time such as 2026-01-01T08:00:00.123456Z");
        }
      }
      case NUMBER -> {
        writeNumber(field);
        return;
      }
      case ENDPOINT -> {
        writeEndpoint(field);
        return;
      }
    }
    event.member(field.member);
    writeText();
    if (field.also != null) {
      event.member(field.also);
      writeText();
    }
    if (field.isRequest) {
      request.write(event, bytes, start, end);
    }
  }

  private void writeText() {
    event.string(columns.bytes(), columns.start(), columns.end());
  }

  private void writeNumber(Column field) throws RefusedRecordException {
    byte[] bytes = columns.bytes();
    int start = columns.start();
    int end = columns.end();
    if (!EventText.isDecimal(bytes, start, end)) {
      throw refused(field, "is no number");
    }
    event.member(field.member);
    event.decimal(bytes, start, end);
    if (field.also != null) {
      event.member(field.also);
      event.decimal(bytes, start, end);
    }
    if (field.isPartOfTime && bytes[start] != '-') {
      addTime(bytes, start, end);
      timesKnown++;
    }
  }

  private void addTime(byte[] bytes, int start, int end) {
    long digits = 0;
    int after = -1;
    for (int i = start; i < end; i++) {
      if (bytes[i] == '.') {
        after = end - i - 1;
      } else {
        digits = digits * 10 + (bytes[i] - '0');
      }
    }
    int decimals = Math.max(after, 0);
    if (decimals > MICROS || end - start + MICROS > FEW_DIGITS) {
      BigDecimal time = new BigDecimal(EventText.text(bytes, start, end));
      odd = odd == null ? time : odd.add(time);
      return;
    }
    for (int i = decimals; i < MICROS; i++) {
      digits *= 10;
    }
    micros += digits;
    scale = Math.max(scale, decimals);
  }

  private String timeTaken() {
    BigDecimal time = BigDecimal.valueOf(micros, MICROS).setScale(scale);
    return (odd == null ? time : time.add(odd)).toString();
  }

  private void writeEndpoint(Column field) throws RefusedRecordException {
    byte[] bytes = columns.bytes();
    int start = columns.start();
    int end = columns.end();
    int colon = end - 1;
    while (colon >= start && bytes[colon] != ':') {
      colon--;
    }
    int first = start;
    int last = colon;
    if (last - first > 1 && bytes[first] == '[' && bytes[last - 1] == ']') {
      first++;
      last--;
    }
    int port = colon < start ? -1 : port(bytes, colon + 1, end);
    if (port < 0 || !isAddress(bytes, first, last)) {
      throw refused(field, "is no address with a port, such as 192.0.2.1:443 or [2001:db8::1]:443");
    }
    event.member(field.member);
    event.string(bytes, start, end);
    event.member(field.address);
    event.string(bytes, first, last);
    event.member(field.port);
    event.number(Integer.toString(port));
  }

  /** By its characters: no name of a host, and nothing that belongs into another column. */
  private static boolean isAddress(byte[] bytes, int start, int end) {
    boolean parted = false;
    for (int i = start; i < end; i++) {
      byte c = bytes[i];
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (c == '.' || c == ':') {
        parted = true;
      } else if (!hex) {
        return false;
      }
    }
    return parted && end - start >= 2 && end - start <= 64;
  }

  private static int port(byte[] bytes, int start, int end) {
    if (end == start || end - start > 5) {
      return -1;
    }
    int port = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      port = port * 10 + (bytes[i] - '0');
    }
    return port;
  }

  /** Most look the same; the others are for those who know all about times. */
  private static boolean isTime(byte[] bytes, int start, int end) {
    if (isPlainTime(bytes, start, end)) {
      return true;
    }
    try {
      Instant.parse(EventText.text(bytes, start, end));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Whether it is 2026-01-01T08:00:00 with up to nine digits of a second, and a Z. */
  private static boolean isPlainTime(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length < 20
        || length > 30
        || bytes[end - 1] != 'Z'
        || bytes[start + 4] != '-'
        || bytes[start + 7] != '-'
        || bytes[start + 10] != 'T'
        || bytes[start + 13] != ':'
        || bytes[start + 16] != ':'
        || (length > 20 && bytes[start + 19] != '.')) {
      return false;
    }
    int month = twoDigits(bytes, start + 5);
    int day = twoDigits(bytes, start + 8);
    boolean fraction = length != 21;
    for (int i = start + 20; i < end - 1; i++) {
      fraction &= bytes[i] >= '0' && bytes[i] <= '9';
    }
    return fraction
        && twoDigits(bytes, start) >= 0
        && twoDigits(bytes, start + 2) >= 0
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= LAST_DAYS[month]
        && isBelow(24, twoDigits(bytes, start + 11))
        && isBelow(60, twoDigits(bytes, start + 14))
        && isBelow(60, twoDigits(bytes, start + 17));
  }

  private static boolean isBelow(int bound, int number) {
    return number >= 0 && number < bound;
  }

  /** The number, or less than nothing if it is none. */
  private static int twoDigits(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private RefusedRecordException refused(Column field, String why) {
    return new RefusedRecordException(
        "%s %s: '%s'".formatted(columns.place(field.name), why, shortened(columns.text())));
  }

  static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /** What becomes of a column. */
  private static final class Column {
    private final String name;
    private final AccessLogField.Kind kind;
    private final byte[] member;
    private final byte @Nullable [] also;
    private final byte[] address;
    private final byte[] port;
    private final boolean isRequest;
    private final boolean isPartOfTime;

    Column(AccessLogField field) {
      name = field.name();
      kind = field.kind();
      member = EventText.name(name);
      also = also(name);
      String side = name.startsWith("client") ? "c" : "s";
      address = EventText.name(side + "-ip");
      port = EventText.name(side + "-port");
      isRequest = name.equals("request");
      isPartOfTime = name.endsWith("_processing_time");
    }

    private static byte @Nullable [] also(String name) {
      return switch (name) {
        case "time" -> EventText.name("@timestamp");
        case "user_agent" -> EventText.name("cs-user-agent");
        case "elb_status_code" -> EventText.name("sc-status");
        case "received_bytes" -> EventText.name("cs-bytes");
        case "sent_bytes" -> EventText.name("sc-bytes");
        default -> null;
      };
    }
  }
}
