package dev.lockstep.job.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.RuleVerdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Verdicts as records of the topic {@code rule-status}. */
final class RuleStatusJson {

  private static final JsonFactory JSON = new JsonFactory();

  private RuleStatusJson() {}

  /** Returns the record of {@code verdict}, keyed by engine and rule. */
  static StatusRecord record(String engine, String bundleVersion, RuleVerdict verdict) {
    return new StatusRecord(engine + "/" + verdict.key(), json(engine, bundleVersion, verdict));
  }

  private static byte[] json(String engine, String bundleVersion, RuleVerdict verdict) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("engine", engine);
      json.writeStringField("rule_id", verdict.key());
      json.writeStringField("status", verdict.status().wireName());
      json.writeStringField("file", verdict.file());
      json.writeStringField("bundle", bundleVersion);
      if (!verdict.issues().isEmpty()) {
        json.writeArrayFieldStart("issues");
        for (String issue : verdict.issues()) {
          json.writeString(issue);
        }
        json.writeEndArray();
        json.writeBooleanField("previous_in_force", verdict.previousInForce());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
