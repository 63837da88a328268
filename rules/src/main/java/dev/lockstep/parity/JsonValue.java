package dev.lockstep.parity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that is small enough to be held whole. Scalars are texts; null is absent.
 *
 * @param text of a scalar, else null
 * @param quoted whether a scalar is a JSON string, so that "1" is not 1
 * @param members of an object, in their order; empty for other values
 * @param elements of an array; empty for other values
 */
record JsonValue(
    @Nullable String text,
    boolean quoted,
    Map<String, JsonValue> members,
    List<JsonValue> elements) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads one JSON object.
   *
   * @throws IllegalArgumentException if it is none
   */
  static JsonValue read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it must be a JSON object");
      }
      return value(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static JsonValue value(JsonParser parser) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    List<JsonValue> elements = new ArrayList<>();
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (parser.nextToken() != JsonToken.VALUE_NULL) {
            members.put(name, value(parser));
          }
        }
      }
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
      }
      default -> {
        boolean quoted = parser.currentToken() == JsonToken.VALUE_STRING;
        return new JsonValue(parser.getText(), quoted, members, elements);
      }
    }
    return new JsonValue(null, false, members, elements);
  }

  Optional<JsonValue> member(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** Returns the text of a member, or null if it is absent or no scalar. */
  @Nullable String optional(String name) {
    JsonValue value = members.get(name);
    return value == null ? null : value.text;
  }

  String required(String name) {
    String value = optional(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  long number(String name) {
    return Long.parseLong(required(name));
  }

  /** Returns the scalar members of the object {@code name}; empty if it is absent. */
  Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    member(name)
        .ifPresent(
            object ->
                object.members.forEach(
                    (key, value) -> {
                      if (value.text != null) {
                        texts.put(key, value.text);
                      }
                    }));
    return texts;
  }

  /** Returns the elements of the array {@code name}, each read; empty if it is absent. */
  <T> List<T> list(String name, Function<JsonValue, T> read) {
    return member(name).map(array -> array.elements.stream().map(read).toList()).orElse(List.of());
  }
}
