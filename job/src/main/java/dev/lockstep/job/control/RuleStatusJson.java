package dev.lockstep.job.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.RuleVerdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * Verdicts as records of the topic {@code rule-status}, never larger than Kafka takes: a record
 * that the broker refuses for its size would stop the engine for ever.
 */
final class RuleStatusJson {

  /** Half of what producers and brokers take by default. */
  static final int MAX_BYTES = 512 * 1024;

  private static final int MAX_ENTRIES = 100;
  private static final JsonFactory JSON = new JsonFactory();

  private RuleStatusJson() {}

  /**
   * Returns the record of {@code verdict}, keyed by engine and rule; issues that are too much for a
   * record are left out from the end and counted.
   *
   * @param since when the rule came to be so
   */
  static StatusRecord record(
      String engine, String bundleVersion, RuleVerdict verdict, Instant since) {
    byte[] withoutIssues = json(engine, bundleVersion, verdict, since, 0);
    int kept = fitting(verdict.issues(), MAX_BYTES - withoutIssues.length);
    byte[] json = kept == 0 ? withoutIssues : json(engine, bundleVersion, verdict, since, kept);
    return new StatusRecord(engine + "/" + verdict.key(), json);
  }

  /** Returns the answer to who has released a rule. */
  static StatusRecord released(String engine, String rule, Instant now) {
    byte[] json =
        bytes(
            out -> {
              out.writeStartObject();
              out.writeStringField("engine", engine);
              out.writeStringField("rule_id", rule);
              out.writeStringField("status", "released");
              out.writeStringField("since", now.toString());
              out.writeStringField("answered_at", now.toString());
              out.writeEndObject();
            });
    return new StatusRecord(engine + "/" + rule, json);
  }

  private static int fitting(List<String> issues, int room) {
    int kept = 0;
    int used = 0;
    for (String issue : issues) {
      used += bytes(json -> json.writeString(issue)).length + 1; // and a comma
      if (used > room) {
        break;
      }
      kept++;
    }
    return kept;
  }

  private static byte[] json(
      String engine, String bundleVersion, RuleVerdict verdict, Instant since, int keptIssues) {
    return bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("engine", engine);
          json.writeStringField("rule_id", verdict.key());
          json.writeStringField("status", verdict.status().wireName());
          json.writeStringField("file", verdict.file());
          json.writeStringField("bundle", bundleVersion);
          json.writeStringField("since", since.toString());
          writeAny(json, "filters", verdict.filters());
          writeAny(json, "warnings", verdict.warnings());
          if (!verdict.issues().isEmpty()) {
            writeIssues(json, verdict.issues(), keptIssues);
            json.writeBooleanField("previous_in_force", verdict.previousInForce());
          }
          json.writeEndObject();
        });
  }

  /**
   * The first entries, if there are any: a rule can have filters, and a filter rules, in numbers.
   */
  private static void writeAny(JsonGenerator json, String name, List<String> entries)
      throws IOException {
    if (!entries.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String entry : entries.subList(0, Math.min(entries.size(), MAX_ENTRIES))) {
        json.writeString(entry);
      }
      json.writeEndArray();
    }
  }

  private static void writeIssues(JsonGenerator json, List<String> issues, int kept)
      throws IOException {
    json.writeArrayFieldStart("issues");
    for (String issue : issues.subList(0, kept)) {
      json.writeString(issue);
    }
    json.writeEndArray();
    if (kept < issues.size()) {
      json.writeNumberField("issues_omitted", issues.size() - kept);
    }
  }

  private static byte[] bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
