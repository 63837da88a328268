package dev.lockstep.connector.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.wire.EventRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes an event in the names of the Elastic Common Schema, as far as it is known what its fields
 * mean, and the whole of it as it came. Nothing in it says when it was written: an event that is
 * read again gives the same text.
 */
final class EcsEvent {

  private static final JsonFactory JSON = new JsonFactory();

  private EcsEvent() {}

  static String json(EventRecord event) {
    StringWriter text = new StringWriter(event.json.length + 1024);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("@timestamp", Ecs.time(Instant.ofEpochMilli(event.occurredAtMillis)));
      writeNested(fields(event), json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed for event " + event.id, e);
    }
    return text.toString();
  }

  private static SortedMap<String, EcsValue> fields(EventRecord event) {
    SortedMap<String, EcsValue> fields = EcsFields.of(event.json);
    fields.put("ecs.version", EcsValue.text(Ecs.VERSION));
    fields.put("event.id", EcsValue.text(event.id));
    fields.put("event.kind", EcsValue.text("event"));
    fields.put("organization.id", EcsValue.text(event.customer));
    fields.put("lockstep.origin", EcsValue.text(event.origin));
    if (event.transport != null && event.transport.recordedAtMillis >= 0) {
      Instant recorded = Instant.ofEpochMilli(event.transport.recordedAtMillis);
      fields.put("event.created", EcsValue.text(Ecs.time(recorded)));
    }
    String original = new String(event.json, UTF_8);
    if (FlattenedJson.takes(original)) {
      fields.put("lockstep.event", EcsValue.json(original));
    } else {
      fields.put("event.original", EcsValue.text(original));
    }
    return fields;
  }

  /** Names of one object follow one another in the order of texts, so each is opened once. */
  private static void writeNested(SortedMap<String, EcsValue> fields, JsonGenerator json)
      throws IOException {
    String[] open = {};
    for (Map.Entry<String, EcsValue> field : fields.entrySet()) {
      String[] path = field.getKey().split("\\.", -1);
      int common = common(open, path);
      for (int i = open.length - 1; i > common; i--) {
        json.writeEndObject();
      }
      for (int i = common; i < path.length - 1; i++) {
        json.writeObjectFieldStart(path[i]);
      }
      json.writeFieldName(path[path.length - 1]);
      field.getValue().write(json);
      open = path;
    }
    for (int i = open.length - 1; i > 0; i--) {
      json.writeEndObject();
    }
  }

  /** Returns how many objects, from the outermost on, both are in. */
  private static int common(String[] open, String[] path) {
    int common = 0;
    while (common < Math.min(open.length, path.length) - 1 && open[common].equals(path[common])) {
      common++;
    }
    return common;
  }
}
