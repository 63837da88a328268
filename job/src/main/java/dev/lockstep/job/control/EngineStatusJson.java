package dev.lockstep.job.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.content.Delivery;
import dev.lockstep.job.state.ControlNotice;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** The status of an engine as the topic {@code engine-status} has it. */
final class EngineStatusJson {

  private static final JsonFactory JSON = new JsonFactory();

  private EngineStatusJson() {}

  /** The bundle archives of a delivery, as an array. */
  static String parts(List<Delivery.Part> parts) {
    return text(
        json -> {
          json.writeStartArray();
          for (Delivery.Part part : parts) {
            json.writeStartObject();
            json.writeStringField("name", part.name());
            json.writeStringField("version", part.version());
            if (part.revision() != null) {
              json.writeStringField("revision", part.revision());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /**
   * The status.
   *
   * @param watermarkMillis how far event time has come in all stages
   */
  static String of(String engine, EngineStatus status, long nowMillis, long watermarkMillis) {
    return text(
        json -> {
          json.writeStartObject();
          json.writeStringField("engine", engine);
          writeTime(json, "updated_at", nowMillis);
          ControlNotice accepted = status.accepted();
          if (accepted != null) {
            writeBundle(json, accepted, status);
          }
          writeFlags(json, status);
          // Before the first event, and at the end of the stream, there is no time to tell.
          if (watermarkMillis > 0 && watermarkMillis != Long.MAX_VALUE) {
            json.writeObjectFieldStart("event_time");
            writeTime(json, "watermark", watermarkMillis);
            json.writeNumberField("behind_millis", nowMillis - watermarkMillis);
            json.writeEndObject();
          }
          ControlNotice refused = status.refused();
          if (refused != null) {
            json.writeObjectFieldStart("refused");
            json.writeStringField("version", refused.version);
            writeParts(json, refused);
            json.writeStringField("reason", refused.reason);
            writeTime(json, "at", refused.atMillis);
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static void writeBundle(JsonGenerator json, ControlNotice accepted, EngineStatus status)
      throws IOException {
    json.writeObjectFieldStart("bundle");
    json.writeStringField("version", accepted.version);
    writeParts(json, accepted);
    writeTime(json, "published_at", accepted.publishedAtMillis);
    writeTime(json, "delivered_at", accepted.atMillis);
    writeTime(json, "in_force_at", status.inForceAtMillis());
    json.writeNumberField("in_force_subtasks", status.subtasksInForce());
    json.writeNumberField("subtasks", status.subtasks());
    if (status.publicationMillis() >= 0) {
      json.writeNumberField("publication_millis", status.publicationMillis());
    }
    if (!status.failure().isEmpty()) {
      json.writeStringField("failure", status.failure());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("rules");
    json.writeNumberField("in_force", status.rulesInForce());
    json.writeNumberField("uncovered", status.rulesUncovered());
    json.writeNumberField("rejected", accepted.rulesRejected);
    json.writeNumberField("quarantined", status.rulesQuarantined());
    json.writeEndObject();
  }

  private static void writeFlags(JsonGenerator json, EngineStatus status) throws IOException {
    ControlNotice flags = status.flags();
    if (flags != null) {
      json.writeObjectFieldStart("flags");
      json.writeStringField("version", flags.version);
      json.writeNumberField("in_force_subtasks", status.subtasksWithFlags(flags.version));
      json.writeNumberField("subtasks", status.subtasks());
      json.writeEndObject();
    }
  }

  private static void writeParts(JsonGenerator json, ControlNotice notice) throws IOException {
    json.writeFieldName("parts");
    json.writeRawValue(notice.parts);
  }

  /** Leaves out what is not known. */
  private static void writeTime(JsonGenerator json, String name, long millis) throws IOException {
    if (millis > 0) {
      json.writeStringField(name, Instant.ofEpochMilli(millis).toString());
    }
  }

  private static String text(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return text.toString();
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
