package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Lines of Zeek as events: columns by their names and of their types, and which log it is. */
final class ZeekParser implements LineParser {
  private final EventText text = new EventText();
  private final ZeekHead head;

  ZeekParser(ZeekHead head) {
    this.head = head;
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
    List<String> columns = ZeekText.split(new String(line, UTF_8), head.separator());
    if (columns.size() != head.fields().size()) {
      throw new RefusedRecordException(
          "the line has %d columns, #fields names %d"
              .formatted(columns.size(), head.fields().size()));
    }
    return text.object(json -> write(json, columns));
  }

  private boolean changesColumns(byte[] line) {
    String directive = new String(line, UTF_8);
    if (!directive.startsWith("#fields" + head.separator())) {
      return false;
    }
    List<String> words = ZeekText.split(directive, head.separator());
    return !words.subList(1, words.size()).equals(head.fields());
  }

  private void write(JsonGenerator json, List<String> columns)
      throws IOException, RefusedRecordException {
    if (!head.path().isEmpty()) {
      json.writeStringField("_path", head.path());
    }
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      if (column.equals(head.unsetField())) {
        continue;
      }
      String name = head.fields().get(i);
      String type = head.types().get(i);
      if (name.equals("ts") && type.equals("time")) {
        writeTimestamp(json, column, i);
      }
      json.writeFieldName(name);
      int inner = type.indexOf('[');
      if (inner < 0) {
        writeScalar(json, type, column, i);
      } else {
        writeElements(json, type.substring(inner + 1, type.length() - 1), column, i);
      }
    }
  }

  private void writeTimestamp(JsonGenerator json, String column, int index)
      throws IOException, RefusedRecordException {
    if (!EventText.isDecimal(column)) {
      throw refused(index, "no number of seconds since 1970", column);
    }
    try {
      BigDecimal seconds = new BigDecimal(column);
      long whole = seconds.longValue();
      long nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
      json.writeStringField("@timestamp", Instant.ofEpochSecond(whole, nanos).toString());
    } catch (DateTimeException | ArithmeticException e) {
      throw refused(index, "a time that is too far away", column);
    }
  }

  /** Sets and vectors. */
  private void writeElements(JsonGenerator json, String type, String column, int index)
      throws IOException, RefusedRecordException {
    json.writeStartArray();
    if (!column.equals(head.emptyField())) {
      for (String element : ZeekText.split(column, head.setSeparator())) {
        if (!element.equals(head.unsetField())) {
          writeScalar(json, type, element, index);
        }
      }
    }
    json.writeEndArray();
  }

  private void writeScalar(JsonGenerator json, String type, String column, int index)
      throws IOException, RefusedRecordException {
    switch (type) {
      case "bool" -> {
        if (!column.equals("T") && !column.equals("F")) {
          throw refused(index, "neither T nor F", column);
        }
        json.writeBoolean(column.equals("T"));
      }
      case "count", "int", "port", "double", "interval", "time" -> {
        if (!EventText.isDecimal(column)) {
          throw refused(index, "no number", column);
        }
        EventText.writeDecimal(json, column);
      }
      default ->
          json.writeString(column.equals(head.emptyField()) ? "" : ZeekText.unescaped(column));
    }
  }

  private RefusedRecordException refused(int index, String what, String column) {
    return new RefusedRecordException(
        "column %d (%s) is %s: '%s'"
            .formatted(
                index + 1, head.fields().get(index), what, AccessLogParser.shortened(column)));
  }
}
