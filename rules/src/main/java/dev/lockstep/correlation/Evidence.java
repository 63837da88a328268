package dev.lockstep.correlation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.digest.Sha256;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;

/**
 * What is kept of an event for the alert of a correlation. The event itself lies where it came
 * from; a window of thousands cannot keep them all.
 */
public final class Evidence {

  /** The member that says where the event is: {@code topic/partition/offset}. */
  public static final String ORIGIN = "lockstep.origin";

  private static final int MAX_FIELDS = 16;
  private static final int MAX_LENGTH = 256;
  private static final int HASH_BYTES = 8;
  private static final JsonFactory JSON = new JsonFactory();

  private Evidence() {}

  /**
   * Returns a JSON object.
   *
   * @param fields of the event; only the first ones, and of long values only the beginning, are in
   *     it
   */
  public static String of(String origin, Map<String, String> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField(ORIGIN, origin);
      Iterator<Map.Entry<String, String>> entries = fields.entrySet().iterator();
      for (int i = 0; i < MAX_FIELDS && entries.hasNext(); i++) {
        Map.Entry<String, String> field = entries.next();
        json.writeStringField(bounded(field.getKey()), bounded(field.getValue()));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return text.toString();
  }

  /** Returns where the event of an occurrence is; its id if that is not kept. */
  public static String originOf(Occurrence occurrence) {
    try (JsonParser json = JSON.createParser(occurrence.evidence())) {
      if (json.nextToken() == JsonToken.START_OBJECT && ORIGIN.equals(json.nextFieldName())) {
        return String.valueOf(json.nextTextValue());
      }
      return occurrence.id();
    } catch (IOException e) {
      throw new UncheckedIOException("Evidence is no JSON", e);
    }
  }

  /**
   * Returns the text, or of a long one the beginning and a hash, so that different texts stay
   * different.
   */
  public static String bounded(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end = MAX_LENGTH - 2 * HASH_BYTES - 1;
    // Half a surrogate pair is no text.
    end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
    return text.substring(0, end) + "…" + Sha256.hex(text, HASH_BYTES);
  }
}
