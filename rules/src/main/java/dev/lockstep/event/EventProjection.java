package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads events, and of each only the members that the given fields can need.
 *
 * <p>Immutable and safe for use by many threads. Bytes that break a bound are malformed, as are
 * several JSON values in one event.
 */
public final class EventProjection {
  private final Set<String> topLevelNames;
  private final boolean wholeEvent;

  private EventProjection(Set<String> topLevelNames, boolean wholeEvent) {
    this.topLevelNames = topLevelNames;
    this.wholeEvent = wholeEvent;
  }

  /** Plans the reading of {@code fields}, or of everything if some rule searches whole events. */
  public static EventProjection of(Set<String> fields, boolean wholeEvent) {
    Set<String> names = new HashSet<>();
    for (String field : fields) {
      names.addAll(FieldName.topLevelNames(field));
    }
    return new EventProjection(Set.copyOf(names), wholeEvent);
  }

  /** Reads one JSON object in UTF-8; the whole text is checked, also what is skipped. */
  public Event read(byte[] json) throws MalformedEventException {
    try (JsonParser parser = EventJson.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedEventException(
            "an event is a JSON object, this is " + describe(parser.currentToken()),
            parser.currentTokenLocation());
      }
      EventNode.Branch root = new EventNodeReader(parser).object(this::needs);
      if (parser.nextToken() != null) {
        throw new MalformedEventException(
            "there is more than one JSON value", parser.currentTokenLocation());
      }
      return new Event(root);
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      throw new MalformedEventException(
          e.getOriginalMessage(), location == null ? JsonLocation.NA : location);
    } catch (IOException e) {
      throw new MalformedEventException("not UTF-8: " + e.getMessage(), JsonLocation.NA);
    }
  }

  private boolean needs(String topLevelName) {
    return wholeEvent || topLevelNames.contains(topLevelName);
  }

  private static String describe(@Nullable JsonToken token) {
    if (token == null) {
      return "empty";
    }
    return token == JsonToken.START_ARRAY ? "an array" : "a single value";
  }
}
