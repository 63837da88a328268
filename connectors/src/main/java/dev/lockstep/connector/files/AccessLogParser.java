package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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
  private final EventText text = new EventText();
  private final List<AccessLogField> fields;
  private final int required;

  /** The three times of the request that is being read, none of them unknown. */
  private BigDecimal timeTaken = BigDecimal.ZERO;

  private int timesKnown;

  AccessLogParser(List<AccessLogField> fields, int required) {
    this.fields = fields;
    this.required = required;
  }

  @Override
  public boolean skips(byte[] line) {
    return line.length == 0;
  }

  @Override
  public byte[] event(byte[] line) throws RefusedRecordException {
    AccessLogColumns columns = new AccessLogColumns(new String(line, UTF_8));
    timeTaken = BigDecimal.ZERO;
    timesKnown = 0;
    return text.object(json -> write(json, columns));
  }

  private void write(JsonGenerator json, AccessLogColumns columns)
      throws IOException, RefusedRecordException {
    int read = 0;
    for (AccessLogField field : fields) {
      String column = columns.next(field.name());
      if (column == null) {
        break;
      }
      read++;
      if (field.kind() == AccessLogField.Kind.QUOTED && !columns.inQuotes()) {
        throw new RefusedRecordException(
            "%s should be in quotes: '%s'"
                .formatted(columns.place(field.name()), shortened(column)));
      }
      if (!column.equals("-") && !column.isEmpty()) {
        write(json, field, column, columns);
      }
    }
    if (read < required) {
      throw new RefusedRecordException(
          "the line ends before column %d (%s)".formatted(read + 1, fields.get(read).name()));
    }
    for (int number = fields.size() + 1; ; number++) {
      String name = "column_" + number;
      String further = columns.next(name);
      if (further == null) {
        break;
      }
      if (!further.equals("-")) {
        json.writeStringField(name, further);
      }
    }
    if (timesKnown == 3) {
      json.writeNumberField("time-taken", timeTaken);
    }
  }

  private void write(
      JsonGenerator json, AccessLogField field, String column, AccessLogColumns columns)
      throws IOException, RefusedRecordException {
    switch (field.kind()) {
      case TEXT, QUOTED -> json.writeStringField(field.name(), column);
      case TIME -> writeTime(json, field.name(), column, columns);
      case NUMBER -> writeNumber(json, field.name(), column, columns);
      case ENDPOINT -> writeEndpoint(json, field.name(), column, columns);
    }
    if (field.name().equals("request")) {
      writeRequest(json, RequestLine.of(column));
    } else if (field.name().equals("user_agent")) {
      json.writeStringField("cs-user-agent", column);
    }
  }

  private static void writeTime(
      JsonGenerator json, String name, String column, AccessLogColumns columns)
      throws IOException, RefusedRecordException {
    try {
      Instant.parse(column);
    } catch (DateTimeException e) {
      throw new RefusedRecordException(
          "%s is no time such as 2026-01-01T08:00:00.123456Z: '%s'"
              .formatted(columns.place(name), shortened(column)));
    }
    json.writeStringField(name, column);
    if (name.equals("time")) {
      json.writeStringField("@timestamp", column);
    }
  }

  private void writeNumber(JsonGenerator json, String name, String column, AccessLogColumns columns)
      throws IOException, RefusedRecordException {
    if (!EventText.isDecimal(column)) {
      throw new RefusedRecordException(
          "%s is no number: '%s'".formatted(columns.place(name), shortened(column)));
    }
    json.writeFieldName(name);
    EventText.writeDecimal(json, column);
    String also =
        switch (name) {
          case "elb_status_code" -> "sc-status";
          case "received_bytes" -> "cs-bytes";
          case "sent_bytes" -> "sc-bytes";
          default -> null;
        };
    if (also != null) {
      json.writeFieldName(also);
      EventText.writeDecimal(json, column);
    }
    if (name.endsWith("_processing_time") && !column.startsWith("-")) {
      timeTaken = timeTaken.add(new BigDecimal(column));
      timesKnown++;
    }
  }

  private static void writeEndpoint(
      JsonGenerator json, String name, String column, AccessLogColumns columns)
      throws IOException, RefusedRecordException {
    int colon = column.lastIndexOf(':');
    String address = colon < 0 ? column : column.substring(0, colon);
    String port = colon < 0 ? "" : column.substring(colon + 1);
    if (address.startsWith("[") && address.endsWith("]")) {
      address = address.substring(1, address.length() - 1);
    }
    if (!isAddress(address) || port.isEmpty() || !isPort(port)) {
      throw new RefusedRecordException(
          "%s is no address with a port, such as 192.0.2.1:443 or [2001:db8::1]:443: '%s'"
              .formatted(columns.place(name), shortened(column)));
    }
    json.writeStringField(name, column);
    String side = name.startsWith("client") ? "c" : "s";
    json.writeStringField(side + "-ip", address);
    json.writeNumberField(side + "-port", Integer.parseInt(port));
  }

  /** By its characters: no name of a host, and nothing that belongs into another column. */
  private static boolean isAddress(String text) {
    return text.length() >= 2
        && text.length() <= 64
        && (text.indexOf('.') >= 0 || text.indexOf(':') >= 0)
        && text.chars()
            .allMatch(c -> (Character.digit(c, 16) >= 0 && c < 128) || c == '.' || c == ':');
  }

  private static boolean isPort(String text) {
    return text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void writeRequest(JsonGenerator json, RequestLine request) throws IOException {
    write(json, "cs-method", request.method());
    write(json, "cs-host", request.host());
    write(json, "cs-uri", request.uri());
    write(json, "cs-uri-stem", request.stem());
    write(json, "cs-uri-query", request.query());
    write(json, "cs-version", request.version());
  }

  private static void write(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
