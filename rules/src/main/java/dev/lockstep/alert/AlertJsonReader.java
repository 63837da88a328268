package dev.lockstep.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RescuedCopy;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.Alert.Suppressed;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one alert from its JSON; members that it does not know are passed over. */
final class AlertJsonReader {

  private static final JsonFactory JSON = new JsonFactory();

  private final char[] text;
  private final JsonParser parser;

  private final Map<String, String> texts = new LinkedHashMap<>();
  private Map<String, String> matchedFields = Map.of();
  private Map<String, String> routing = Map.of();
  private Map<String, String> lanes = Map.of();
  private final List<RescuedCopy> rescuedFrom = new ArrayList<>();
  private Map<String, String> suppressed = Map.of();
  private final List<EventReference> events = new ArrayList<>();
  private @Nullable RuleReference rule;
  private @Nullable Correlated correlation;

  private AlertJsonReader(char[] text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  static Alert read(byte[] json) {
    try {
      char[] text = Utf8Text.of(json);
      try (JsonParser parser = JSON.createParser(text)) {
        return new AlertJsonReader(text, parser).alert();
      }
    } catch (IOException | RuntimeException e) {
      // Anyone may write to a topic: whatever such bytes lead to, they are no alert.
      throw new IllegalArgumentException("not an alert: " + e.getMessage(), e);
    }
  }

  private Alert alert() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("it must be a JSON object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      member(parser.currentName());
    }
    return new Alert(
        required(texts, "alert_id"),
        required(texts, "customer"),
        required(texts, "engine"),
        AlertJson.parseTime(required(texts, "occurred_at")),
        Objects.requireNonNull(rule, "rule is missing"),
        required(texts, "bundle"),
        matchedFields,
        events,
        correlation,
        suppressed(),
        routing());
  }

  private void member(String name) throws IOException {
    JsonToken value = parser.nextToken();
    switch (name) {
      case "rule" -> rule = rule();
      case "matched_fields" -> matchedFields = strings();
      case "routing" -> routing = strings();
      case "lanes" -> lanes = strings();
      case "rescued" -> rescued();
      case "suppressed" -> suppressed = strings();
      case "events" -> events();
      case "correlation" -> correlation = correlation();
      default -> {
        if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          texts.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /** Without an end there is nothing suppressed. */
  private Suppressed suppressed() {
    String until = suppressed.getOrDefault("until", "null");
    return until.equals("null")
        ? Suppressed.NONE
        : new Suppressed(Long.parseLong(required(suppressed, "count")), AlertJson.parseTime(until));
  }

  private @Nullable Routing routing() {
    String lane = texts.get("lane");
    return lane == null
        ? null
        : new Routing(
            Lane.ofWireName(lane),
            required(routing, "flags"),
            required(routing, "reason"),
            lanes,
            rescuedFrom);
  }

  private void rescued() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          Map<String, String> copy = strings();
          rescuedFrom.add(
              new RescuedCopy(
                  required(copy, "engine"), required(copy, "flags"), required(copy, "reason")));
        }
      }
    }
  }

  private RuleReference rule() throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        List<String> list = lists.computeIfAbsent(name, key -> new ArrayList<>());
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(parser.getText());
        }
      } else {
        members.put(name, parser.getText());
      }
    }
    return new RuleReference(
        required(members, "id"),
        required(members, "title"),
        members.get("level"),
        members.get("status"),
        lists.getOrDefault("tags", List.of()),
        required(members, "version"),
        Lane.SHADOW.wireName().equals(members.get("stage")),
        lists.getOrDefault("filters", List.of()));
  }

  private Correlated correlation() throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    Map<String, String> group = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        group.putAll(strings());
      } else {
        members.put(name, parser.getText());
      }
    }
    String value = members.get("value");
    return new Correlated(
        required(members, "type"),
        group,
        Long.parseLong(required(members, "count")),
        value == null ? null : new BigDecimal(value),
        AlertJson.parseTime(required(members, "from")),
        AlertJson.parseTime(required(members, "to")),
        Boolean.parseBoolean(members.get("approximate")),
        members.get("estimated_by"));
  }

  private Map<String, String> strings() throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, parser.getText());
    }
    return members;
  }

  private void events() throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> members = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, name.equals("event") ? rawObject() : parser.getText());
      }
      events.add(
          new EventReference(
              required(members, "id"),
              AlertJson.parseTime(required(members, "occurred_at")),
              required(members, "event")));
    }
  }

  /** Returns the current value's own text, so that the event stays as it came in. */
  private String rawObject() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("event must be a JSON object");
    }
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getCharOffset();
    return new String(text, start, end - start);
  }

  private static String required(Map<String, String> members, String name) {
    return Objects.requireNonNull(members.get(name), name + " is missing");
  }
}
