package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.event.FieldPaths.Place;
import dev.lockstep.event.FieldPaths.Step;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in one pass and tells a sink just what is asked for. Belongs to one thread.
 *
 * <p>Bytes that break a bound are malformed, as are several JSON values in one event.
 *
 * <p>IMPLEMENTATION NOTES: nearly all events are plain enough for {@link PlainJson}. What that does
 * not read a parser reads from the start, and decides whether it is an event.
 */
public final class EventReader {
  private final FieldPaths fields;
  private final boolean wholeEvent;
  private final EventSink sink;
  private final PlainJson plain;

  /**
   * @param wholeEvent whether scalars of no field are told, too
   */
  public EventReader(FieldPaths fields, boolean wholeEvent, EventSink sink) {
    this.fields = fields;
    this.wholeEvent = wholeEvent;
    this.sink = sink;
    this.plain = new PlainJson(wholeEvent, sink);
  }

  /**
   * Reads one JSON object in UTF-8; the whole text is checked, also what is skipped.
   *
   * @throws MalformedEventException after the sink was told what came before the fault
   */
  public void read(byte[] json) throws MalformedEventException {
    sink.begin();
    if (json.length > EventJson.MAX_BYTES || !plain.read(json, fields.root())) {
      sink.begin();
      parse(json);
    }
  }

  /** Lets go of the event; what the sink was told has no meaning any more. */
  public void forget() {
    plain.forget();
  }

  private void parse(byte[] json) throws MalformedEventException {
    EventJson.readObject(
        json,
        parser -> {
          object(parser, fields.root(), 0);
          return true;
        });
  }

  private void object(JsonParser parser, @Nullable Place place, long route) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Step step = place == null ? null : place.step(name);
      JsonToken token = parser.nextToken();
      if (step != null) {
        value(parser, token, EventText.of(name), step.place(), (route << step.length()) | 1);
      } else if (wholeEvent) {
        value(parser, token, EventText.of(name), null, 0);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void value(
      JsonParser parser, JsonToken token, EventText name, @Nullable Place place, long route)
      throws IOException {
    int field = place == null ? EventSink.NO_FIELD : place.field();
    if (field != EventSink.NO_FIELD) {
      sink.field(field, route);
    }
    switch (token) {
      case START_OBJECT -> {
        sink.enter(name);
        object(parser, place, route);
        sink.leave();
      }
      case START_ARRAY -> {
        for (JsonToken element = parser.nextToken();
            element != JsonToken.END_ARRAY;
            element = parser.nextToken()) {
          value(parser, element, name, place, route);
        }
      }
      default -> {
        if (wholeEvent || field != EventSink.NO_FIELD) {
          sink.scalar(field, name, kindOf(token), EventText.of(parser.getText()));
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
}
