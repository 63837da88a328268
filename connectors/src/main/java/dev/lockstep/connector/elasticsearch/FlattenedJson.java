package dev.lockstep.connector.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which objects a field of type {@code flattened} takes: Elasticsearch makes one term of the path
 * and the value of each leaf, and refuses the document whose term is too long or has a NUL in its
 * path.
 */
final class FlattenedJson {

  /**
   * Of three bytes each at most, they leave room for a value of as many characters as the template
   * indexes, in a term of 32,766 bytes.
   */
  private static final int MAX_PATH_CHARACTERS = 2_700;

  private FlattenedJson() {}

  /** Returns whether Elasticsearch takes the text as it is. */
  static boolean takes(String text) {
    try (JsonParser parser = StrictJson.parser(text)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          && namesFit(parser)
          && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean namesFit(JsonParser parser) throws IOException {
    Deque<Integer> lengths = new ArrayDeque<>();
    int length = 0;
    int name = 0;
    int depth = 1;
    while (depth > 0) {
      switch (parser.nextToken()) {
        case FIELD_NAME -> {
          String text = parser.currentName();
          name = text.length() + 1;
          if (length + name > MAX_PATH_CHARACTERS || text.indexOf('\0') >= 0) {
            return false;
          }
        }
        case START_OBJECT, START_ARRAY -> {
          lengths.push(length);
          length += name;
          name = 0;
          depth++;
        }
        case END_OBJECT, END_ARRAY -> {
          depth--;
          length = depth == 0 ? 0 : lengths.pop();
        }
        default -> {
          // A scalar: the template bounds what is indexed of it.
        }
      }
    }
    return true;
  }
}
