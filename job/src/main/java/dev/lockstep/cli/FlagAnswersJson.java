package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Explanations of flags for programs: one document. */
final class FlagAnswersJson {

  private final PrintWriter out;

  FlagAnswersJson(PrintWriter out) {
    this.out = out;
  }

  void print(FlagAnswers answers) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("flags", answers.origin());
      json.writeStringField("version", answers.version());
      json.writeArrayFieldStart("doubts");
      for (String doubt : answers.doubts()) {
        json.writeString(doubt);
      }
      json.writeEndArray();
      write(answers.question(), json);
      json.writeObjectFieldStart("ingress");
      if (answers.isDecided(answers.ingress())) {
        json.writeBooleanField("decision", answers.ingress().decision().value());
      }
      writeRest(answers.ingress(), answers, json);
      json.writeEndObject();
      FlagExplanation<Disposition> egress = answers.egress();
      json.writeBooleanField("egressNeedsRule", egress == null);
      if (egress != null) {
        json.writeObjectFieldStart("egress");
        if (answers.isDecided(egress)) {
          json.writeStringField("decision", egress.decision().value().flagValue());
        }
        writeRest(egress, answers, json);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    out.println();
  }

  /** Says that a job would not take the flags, and why. */
  void printRefusal(String origin, String reason) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("flags", origin);
      json.writeStringField("refused", reason);
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(FlagQuestion question, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("asked");
    json.writeStringField("customer", question.customer());
    json.writeStringField("engine", question.engine());
    writeText("event", question.event(), json);
    AskedRule rule = question.rule();
    if (rule != null) {
      RuleAttributes attributes = rule.attributes();
      json.writeObjectFieldStart("rule");
      json.writeStringField("id", attributes.id());
      writeText("level", attributes.level(), json);
      writeText("status", attributes.status(), json);
      writeText("stage", rule.source() == null ? null : rule.source().stage().term(), json);
      json.writeArrayFieldStart("unknown");
      for (String unknown : rule.unknown()) {
        json.writeString(unknown);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeRest(
      FlagExplanation<?> explanation, FlagAnswers answers, JsonGenerator json) throws IOException {
    json.writeStringField("reason", explanation.decision().reason());
    json.writeStringField("flag", explanation.flag());
    Integer version = explanation.flagVersion();
    if (version != null) {
      json.writeNumberField("flagVersion", version);
    }
    String given = explanation.given();
    if (given != null && !answers.isOpen(explanation)) {
      json.writeFieldName("given");
      json.writeRawValue(given);
    }
    json.writeBooleanField("dependsOnEvent", !explanation.eventParts().isEmpty());
    json.writeArrayFieldStart("eventParts");
    for (String part : explanation.eventParts()) {
      json.writeString(part);
    }
    json.writeEndArray();
    json.writeFieldName("why");
    new FlagReasonJson(json, answers.isOpen(explanation)).write(explanation.reason());
  }

  private static void writeText(String name, @Nullable String text, JsonGenerator json)
      throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }
}
