package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Builds nodes from the tokens of one parser; its recursion is bounded by the parser's depth. */
final class EventNodeReader {
  private final JsonParser parser;

  EventNodeReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads the object that the parser has just entered, passing over members not wanted. */
  EventNode.Branch object(Predicate<String> wanted) throws IOException {
    Map<String, EventNode> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = FieldName.withoutSpaces(parser.currentName());
      parser.nextToken();
      if (wanted.test(name)) {
        members.merge(name, value(), EventNodeReader::both);
      } else {
        parser.skipChildren();
      }
    }
    return new EventNode.Branch(members);
  }

  private EventNode value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(name -> true);
      case START_ARRAY -> array();
      case VALUE_STRING -> new EventNode.Leaf(new FieldValue.Text(parser.getText()));
      case VALUE_TRUE -> new EventNode.Leaf(new FieldValue.Truth(true));
      case VALUE_FALSE -> new EventNode.Leaf(new FieldValue.Truth(false));
      case VALUE_NULL -> new EventNode.Leaf(new FieldValue.Null());
      default -> new EventNode.Leaf(new FieldValue.Numeric(parser.getText()));
    };
  }

  private EventNode array() throws IOException {
    List<EventNode> nodes = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      nodes.add(value());
    }
    return new EventNode.Elements(nodes);
  }

  /** A name that comes twice keeps both values: neither may hide the other from a rule. */
  private static EventNode both(EventNode first, EventNode second) {
    if (first instanceof EventNode.Elements elements) {
      elements.nodes().add(second);
      return elements;
    }
    List<EventNode> nodes = new ArrayList<>();
    nodes.add(first);
    nodes.add(second);
    return new EventNode.Elements(nodes);
  }
}
