package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object that may lack any member, be it because an earlier version wrote it. What is of
 * another kind than is asked for counts as absent.
 */
record JsonFields(Map<String, Object> members) {
  private static final JsonFactory JSON = new JsonFactory();
  static final JsonFields NONE = new JsonFields(Map.of());

  /** Returns empty if the bytes are no JSON object. */
  static Optional<JsonFields> read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return Optional.ofNullable(asFields(value(parser)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Nullable String text(String name) {
    return members.get(name) instanceof String text ? text : null;
  }

  @Nullable Long number(String name) {
    return members.get(name) instanceof Long number ? number : null;
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** The object of that name; null if there is none. */
  @Nullable JsonFields object(String name) {
    return asFields(members.get(name));
  }

  List<String> texts(String name) {
    return list(name).stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  List<JsonFields> objects(String name) {
    return list(name).stream().map(JsonFields::asFields).filter(Objects::nonNull).toList();
  }

  private List<?> list(String name) {
    return members.get(name) instanceof List<?> list ? list : List.of();
  }

  private static @Nullable JsonFields asFields(@Nullable Object value) {
    return value instanceof JsonFields fields ? fields : null;
  }

  /** The value at the present token; null of null, and of a number that is not whole. */
  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return null;
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      default -> null;
    };
  }

  private static JsonFields object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        members.put(name, value);
      }
    }
    return new JsonFields(members);
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(parser);
      if (value != null) {
        items.add(value);
      }
    }
    return items;
  }
}
