package dev.lockstep.connector.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/** Writes events, one after the other, as JSON objects. For one thread. */
final class EventText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
  private final JsonGenerator json;

  EventText() {
    try {
      json = new JsonFactory().createGenerator(out);
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What writes the members of one event. */
  interface Members {
    void write(JsonGenerator json) throws IOException, RefusedRecordException;
  }

  byte[] object(Members members) throws RefusedRecordException {
    out.reset();
    try {
      json.writeStartObject();
      try {
        members.write(json);
      } finally {
        while (!json.getOutputContext().inRoot()) {
          if (json.getOutputContext().inArray()) {
            json.writeEndArray();
          } else {
            json.writeEndObject();
          }
        }
        json.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /** Whether the text is a decimal number without an exponent, and not absurdly long. */
  static boolean isDecimal(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int digits = 0;
    int points = 0;
    for (int i = start; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character >= '0' && character <= '9') {
        digits++;
      } else if (character == '.' && i > start && i < text.length() - 1) {
        points++;
      } else {
        return false;
      }
    }
    return digits > 0 && points <= 1 && text.length() <= 40;
  }

  /** Writes a text for which {@link #isDecimal} holds as a number. */
  static void writeDecimal(JsonGenerator json, String text) throws IOException {
    int start = text.startsWith("-") ? 1 : 0;
    boolean leadingZero =
        text.length() > start + 1 && text.charAt(start) == '0' && text.charAt(start + 1) != '.';
    json.writeNumber(leadingZero ? new BigDecimal(text).toPlainString() : text);
  }
}
