package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.event.FieldPaths.Place;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in one pass and hands over just what is asked for, keeping nothing.
 *
 * <p>Immutable and safe for use by many threads. Bytes that break a bound are malformed, as are
 * several JSON values in one event.
 */
public final class EventReader {
  private final FieldPaths fields;
  private final boolean wholeEvent;

  /**
   * @param wholeEvent whether scalars of no field are handed over, too
   */
  public EventReader(FieldPaths fields, boolean wholeEvent) {
    this.fields = fields;
    this.wholeEvent = wholeEvent;
  }

  /**
   * Reads one JSON object in UTF-8; the whole text is checked, also what is skipped.
   *
   * @throws MalformedEventException after the sink was told what came before the fault
   */
  public void read(byte[] json, EventSink sink) throws MalformedEventException {
    EventJson.readObject(
        json,
        parser -> {
          object(parser, fields.root(), 0, sink);
          return true;
        });
  }

  private void object(JsonParser parser, @Nullable Place place, long route, EventSink sink)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Place member = place == null ? null : place.member(name);
      JsonToken token = parser.nextToken();
      if (member != null) {
        value(parser, token, name, member, longer(route, name), sink);
      } else if (wholeEvent) {
        value(parser, token, name, null, 0, sink);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void value(
      JsonParser parser,
      JsonToken token,
      String name,
      @Nullable Place place,
      long route,
      EventSink sink)
      throws IOException {
    int field = place == null ? EventSink.NO_FIELD : place.field();
    if (field != EventSink.NO_FIELD) {
      sink.field(field, route);
    }
    switch (token) {
      case START_OBJECT -> {
        sink.enter(name);
        object(parser, place, route, sink);
        sink.leave();
      }
      case START_ARRAY -> {
        for (JsonToken element = parser.nextToken();
            element != JsonToken.END_ARRAY;
            element = parser.nextToken()) {
          value(parser, element, name, place, route, sink);
        }
      }
      default -> {
        if (wholeEvent || field != EventSink.NO_FIELD) {
          sink.scalar(field, name, kindOf(token), parser.getText());
        }
      }
    }
  }

  private static ScalarKind kindOf(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> ScalarKind.TEXT;
      case VALUE_TRUE, VALUE_FALSE -> ScalarKind.TRUTH;
      case VALUE_NULL -> ScalarKind.NULL;
      default -> ScalarKind.NUMBER;
    };
  }

  /** Notes where the name is cut: a one after the zeros of the dots that are in the member's. */
  private static long longer(long route, String member) {
    long longer = route;
    for (int dot = member.indexOf('.'); dot >= 0; dot = member.indexOf('.', dot + 1)) {
      longer <<= 1;
    }
    return longer << 1 | 1;
  }
}
