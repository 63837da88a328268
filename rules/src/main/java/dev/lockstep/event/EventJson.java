package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.ContentReference;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How JSON of strangers is read, everywhere: what the envelope accepts can therefore be judged.
 * Names are not interned, or the JVM would keep every one that anybody ever sent.
 */
final class EventJson {

  /** No event may be larger than this many bytes, whatever the options say. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final byte NEVER_IN_UTF_8 = (byte) 0xFF;
  private static final int MAX_DEPTH = 256;
  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final int MAX_NAME_LENGTH = 50_000;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxStringLength(MAX_BYTES)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .build();

  /** What to do with the members of an object that the parser has just entered. */
  @FunctionalInterface
  interface ObjectReader<R> {
    R read(JsonParser parser) throws IOException;
  }

  private EventJson() {}

  /** Reads the one JSON object that the bytes must be; all of them are checked. */
  static <R> R readObject(byte[] json, ObjectReader<R> reader) throws MalformedEventException {
    try (JsonParser parser = parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedEventException(
            "an event is a JSON object, this is " + describe(parser.currentToken()),
            parser.currentTokenLocation());
      }
      R read = reader.read(parser);
      if (parser.nextToken() != null) {
        throw new MalformedEventException(
            "there is more than one JSON value", parser.currentTokenLocation());
      }
      return read;
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      throw new MalformedEventException(
          e.getOriginalMessage(), location == null ? JsonLocation.NA : location);
    } catch (IOException e) {
      throw new MalformedEventException("not UTF-8: " + e.getMessage(), JsonLocation.NA);
    }
  }

  private static String describe(@Nullable JsonToken token) {
    if (token == null) {
      return "empty";
    }
    return token == JsonToken.START_ARRAY ? "an array" : "a single value";
  }

  /**
   * Returns a parser of the bytes.
   *
   * @throws IOException if they are in UTF-16 or UTF-32: Jackson would read them all, but an alert
   *     can only carry UTF-8; and if a byte is one that UTF-8 never has, for Jackson takes a name
   *     that begins with it for one that it knows
   */
  static JsonParser parser(byte[] bytes) throws IOException {
    JsonParser parser = FACTORY.createParser(bytes);
    if (bytes.length > 1 && (bytes[0] <= 0 || bytes[1] == 0)) {
      throw new JsonParseException(parser, "The JSON object must be in UTF-8");
    }
    int never = indexOf(NEVER_IN_UTF_8, bytes);
    if (never >= 0) {
      throw new JsonParseException(
          parser,
          "Invalid UTF-8 byte 0xff",
          new JsonLocation(ContentReference.unknown(), never, -1, 1, never + 1));
    }
    return parser;
  }

  private static int indexOf(byte wanted, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
