package dev.lockstep.parity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.alert.Lane;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** An alert that parity sends live in place of the engines. */
public final class RescuedAlert {

  private static final JsonFactory JSON = new JsonFactory();

  private RescuedAlert() {}

  /**
   * Returns the alert of a copy in the live lane, with the member {@code rescued} that says why;
   * all else stays as it was, byte by byte.
   *
   * @param json the copy's alert JSON
   * @param from the copies of which none is live
   * @throws IllegalArgumentException if it is no JSON object
   */
  public static byte[] of(byte[] json, List<AlertCopy> from) {
    String text = new String(json, UTF_8);
    String members = "\"lane\":\"%s\",%s".formatted(Lane.LIVE.wireName(), rescued(from));
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not an alert: it must be a JSON object");
      }
      int start = (int) parser.currentLocation().getCharOffset();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        int name = (int) parser.currentTokenLocation().getCharOffset();
        boolean lane = parser.currentName().equals("lane");
        parser.nextToken();
        parser.skipChildren();
        if (lane) {
          parser.finishToken();
          int end = (int) parser.currentLocation().getCharOffset();
          return (text.substring(0, name) + members + text.substring(end)).getBytes(UTF_8);
        }
      }
      return (text.substring(0, start) + members + "," + text.substring(start)).getBytes(UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("not an alert: " + e.getMessage(), e);
    }
  }

  private static String rescued(List<AlertCopy> from) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart("rescued");
      json.writeStringField("by", "parity");
      json.writeArrayFieldStart("from");
      for (AlertCopy copy : from) {
        json.writeStartObject();
        json.writeStringField("engine", copy.engine());
        json.writeStringField("flags", copy.flags());
        json.writeStringField("reason", copy.reason());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    // Without its braces it is a member of another object.
    return text.toString().substring(1, text.toString().length() - 1);
  }
}
