package dev.lockstep.job.detect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.wire.StatusRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** The status of a rule that costs more than it may. */
final class RuleTrouble {

  /** Reasons quote what rules and events led to. */
  private static final int MAX_REASON = 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private RuleTrouble() {}

  /**
   * Returns the record for the topic {@code rule-status}.
   *
   * @param status {@code capped} or {@code quarantined}
   * @param version of the rule
   * @param bundle version of the bundle in force
   */
  static StatusRecord record(
      String engine,
      String status,
      String ruleId,
      String version,
      String bundle,
      Instant since,
      String reason) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("engine", engine);
      json.writeStringField("rule_id", ruleId);
      json.writeStringField("status", status);
      json.writeStringField("bundle", bundle);
      json.writeStringField("rule_version", version);
      json.writeStringField("since", since.toString());
      json.writeStringField(
          "reason", reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return new StatusRecord(engine + "/" + ruleId, bytes.toByteArray());
  }
}
