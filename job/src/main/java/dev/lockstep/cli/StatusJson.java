package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status of engines and rules for programs. Members without a value are left out. */
final class StatusJson {
  private StatusJson() {}

  /**
   * Prints one document.
   *
   * @param end how waiting ended; null if nobody waited
   */
  static void print(
      PrintWriter out,
      List<EngineState> engines,
      StatusLedger ledger,
      boolean all,
      StatusWait.@Nullable End end)
      throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      if (end != null) {
        writeEnd(json, end);
      }
      json.writeArrayFieldStart("engines");
      for (EngineState engine : engines) {
        List<RuleState> rules =
            ledger.rulesOf(engine.engine()).stream()
                .filter(rule -> all || rule.isRemarkable())
                .toList();
        writeEngine(json, engine, rules);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void writeEnd(JsonGenerator json, StatusWait.End end) throws IOException {
    json.writeObjectFieldStart("wait");
    json.writeStringField("outcome", end.outcome().name().toLowerCase(Locale.ROOT));
    json.writeStringField("why", end.why());
    json.writeArrayFieldStart("rejected");
    for (RuleState rule : end.rejected()) {
      json.writeStartObject();
      json.writeStringField("engine", rule.engine());
      json.writeStringField("rule", rule.rule());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeEngine(JsonGenerator json, EngineState engine, List<RuleState> rules)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("engine", engine.engine());
    write(json, "updatedAt", engine.updatedAt());
    if (engine.bundle() != null) {
      json.writeObjectFieldStart("bundle");
      writeBundle(json, engine.bundle());
      write(json, "publishedAt", engine.publishedAt());
      write(json, "deliveredAt", engine.deliveredAt());
      write(json, "inForceAt", engine.inForceAt());
      write(json, "inForceSubtasks", engine.inForceSubtasks());
      write(json, "subtasks", engine.subtasks());
      write(json, "publicationMillis", engine.publicationMillis());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("counts");
    write(json, "inForce", engine.rules().inForce());
    write(json, "uncovered", engine.rules().uncovered());
    write(json, "rejected", engine.rules().rejected());
    write(json, "quarantined", engine.rules().quarantined());
    json.writeEndObject();
    EngineState.Flags flags = engine.flags();
    if (flags != null) {
      json.writeObjectFieldStart("flags");
      write(json, "version", flags.version());
      write(json, "inForceSubtasks", flags.inForceSubtasks());
      write(json, "subtasks", flags.subtasks());
      json.writeEndObject();
    }
    write(json, "watermark", engine.watermark());
    EngineState.Refusal refused = engine.refused();
    if (refused != null) {
      json.writeObjectFieldStart("refused");
      writeBundle(json, refused.bundle());
      write(json, "reason", refused.reason());
      write(json, "at", refused.at());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("rules");
    for (RuleState rule : rules) {
      writeRule(json, rule);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeBundle(JsonGenerator json, BundleState bundle) throws IOException {
    write(json, "version", bundle.version());
    json.writeArrayFieldStart("parts");
    for (BundleState.Part part : bundle.parts()) {
      json.writeStartObject();
      write(json, "name", part.name());
      write(json, "version", part.version());
      write(json, "revision", part.revision());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRule(JsonGenerator json, RuleState rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", rule.rule());
    json.writeStringField("status", rule.status());
    write(json, "since", rule.since());
    write(json, "file", rule.file());
    write(json, "bundle", rule.bundle());
    write(json, "reason", rule.reason());
    if (rule.isRejected()) {
      json.writeArrayFieldStart("issues");
      for (String issue : rule.issues()) {
        json.writeString(issue);
      }
      json.writeEndArray();
      json.writeNumberField("issuesOmitted", rule.omittedIssues());
      json.writeBooleanField("previousInForce", rule.previousInForce());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void write(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value != null) {
      json.writeNumberField(name, value);
    }
  }
}
