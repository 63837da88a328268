package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Walks one JSON object from end to end and keeps the scalars at the wanted paths. */
final class EnvelopeScan {

  private final Set<String> wanted;

  EnvelopeScan(Set<String> wanted) {
    this.wanted = wanted;
  }

  /**
   * Puts the wanted scalars into {@code found}, as text.
   *
   * @throws IOException if the bytes are not exactly one JSON object
   */
  void collect(byte[] value, Map<String, String> found) throws IOException {
    try (JsonParser parser = EventJson.parser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "Expected '{'");
      }
      object(parser, "", found);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "Expected the end after the object");
      }
    }
  }

  private void object(JsonParser parser, String prefix, Map<String, String> found)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String path = prefix + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && leadsToWanted(path)) {
        object(parser, path + ".", found);
      } else if (token.isStructStart()) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL && wanted.contains(path)) {
        keep(path, prefix.isEmpty(), parser.getText(), found);
      }
    }
  }

  /** An exact name at the top wins over a path of the same spelling. */
  private static void keep(String path, boolean exact, String text, Map<String, String> found) {
    if (exact) {
      found.put(path, text);
    } else {
      found.putIfAbsent(path, text);
    }
  }

  private boolean leadsToWanted(String path) {
    for (String each : wanted) {
      if (each.length() > path.length()
          && each.startsWith(path)
          && each.charAt(path.length()) == '.') {
        return true;
      }
    }
    return false;
  }
}
