package dev.lockstep.connector.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RescuedCopy;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.Alert.RuleReference;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an alert in the names of the Elastic Common Schema. */
final class EcsAlert {

  private static final JsonFactory JSON = new JsonFactory();

  private final Alert alert;
  private final Routing routing;
  private final JsonGenerator json;

  private EcsAlert(Alert alert, Routing routing, JsonGenerator json) {
    this.alert = alert;
    this.routing = routing;
    this.json = json;
  }

  static String json(Alert alert, Routing routing) {
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new EcsAlert(alert, routing, json).write();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed for alert " + alert.id(), e);
    }
    return text.toString();
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeStringField("@timestamp", Ecs.time(alert.occurredAt()));
    json.writeStringField("message", alert.rule().title());
    json.writeObjectFieldStart("ecs");
    json.writeStringField("version", Ecs.VERSION);
    json.writeEndObject();
    writeEvent();
    writeRule();
    json.writeObjectFieldStart("organization");
    json.writeStringField("id", alert.customer());
    json.writeEndObject();
    writeStrings("tags", alert.rule().tags());
    writeOurs();
    json.writeEndObject();
  }

  private void writeEvent() throws IOException {
    json.writeObjectFieldStart("event");
    json.writeStringField("kind", "alert");
    json.writeStringField("id", alert.id());
    json.writeStringField("provider", "lockstep");
    json.writeNumberField("severity", severity(alert.rule().level()));
    json.writeEndObject();
  }

  private void writeRule() throws IOException {
    RuleReference rule = alert.rule();
    json.writeObjectFieldStart("rule");
    json.writeStringField("id", rule.id());
    json.writeStringField("name", rule.title());
    json.writeStringField("ruleset", alert.bundle());
    json.writeStringField("version", rule.version());
    json.writeEndObject();
  }

  private void writeOurs() throws IOException {
    json.writeObjectFieldStart("lockstep");
    json.writeStringField("alert_id", alert.id());
    json.writeStringField("engine", alert.engine());
    json.writeStringField("lane", routing.lane().wireName());
    json.writeStringField("flags", routing.flags());
    json.writeStringField("reason", routing.reason());
    if (!routing.rescuedFrom().isEmpty()) {
      writeStrings(
          "rescued_from", routing.rescuedFrom().stream().map(RescuedCopy::engine).toList());
    }
    json.writeStringField("bundle", alert.bundle());
    writeIfPresent("level", alert.rule().level());
    writeIfPresent("status", alert.rule().status());
    if (!alert.rule().filters().isEmpty()) {
      writeStrings("filters", alert.rule().filters());
    }
    writeMatchedFields();
    writeCorrelation(alert.correlation());
    if (alert.suppressed().until() != null) {
      json.writeObjectFieldStart("suppressed");
      json.writeNumberField("count", alert.suppressed().count());
      json.writeStringField("until", Ecs.time(alert.suppressed().until()));
      json.writeEndObject();
    }
    writeStrings("event_ids", alert.events().stream().map(EventReference::id).toList());
    writeEvents();
    json.writeEndObject();
  }

  private void writeCorrelation(@Nullable Correlated correlation) throws IOException {
    if (correlation == null) {
      return;
    }
    json.writeObjectFieldStart("correlation");
    json.writeStringField("type", correlation.type());
    json.writeArrayFieldStart("group");
    for (Map.Entry<String, String> field : correlation.group().entrySet()) {
      json.writeStartObject();
      json.writeStringField("field", field.getKey());
      json.writeStringField("value", field.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("count", correlation.count());
    if (correlation.value() != null) {
      json.writeStringField("value", correlation.value().toPlainString());
    }
    json.writeStringField("from", Ecs.time(correlation.from()));
    json.writeStringField("to", Ecs.time(correlation.to()));
    json.writeBooleanField("approximate", correlation.approximate());
    if (correlation.estimatedBy() != null) {
      json.writeStringField("estimated_by", correlation.estimatedBy());
    }
    json.writeEndObject();
  }

  /** An array of pairs: field names as keys would add a mapping for every name in any event. */
  private void writeMatchedFields() throws IOException {
    json.writeArrayFieldStart("matched_fields");
    for (Map.Entry<String, String> field : alert.matchedFields().entrySet()) {
      json.writeStartObject();
      json.writeStringField("field", field.getKey());
      json.writeStringField("value", field.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeEvents() throws IOException {
    json.writeArrayFieldStart("events");
    for (EventReference event : alert.events()) {
      json.writeStartObject();
      json.writeStringField("id", event.id());
      json.writeStringField("occurred_at", Ecs.time(event.occurredAt()));
      json.writeFieldName("event");
      if (StrictJson.isObject(event.json())) {
        json.writeRawValue(event.json());
      } else {
        json.writeString(event.json());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeStrings(String name, Iterable<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void writeIfPresent(String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  /** ECS leaves the scale open: this is the one of Elastic's own detection rules. */
  private static int severity(@Nullable String level) {
    return switch (level == null ? "" : level) {
      case "low" -> 21;
      case "medium" -> 47;
      case "high" -> 73;
      case "critical" -> 99;
      default -> 0;
    };
  }
}
