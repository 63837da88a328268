package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.event.FieldValue;
import dev.lockstep.explain.Explanation;
import dev.lockstep.explain.Omitted;
import dev.lockstep.explain.Reason;
import dev.lockstep.explain.Subject;
import dev.lockstep.explain.Test;
import dev.lockstep.sigma.RuleLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explanations for programs: for each event a document on a line of its own. */
final class ExplanationJson {
  private final JsonGenerator json;
  private final ExplainableRules rules;

  ExplanationJson(PrintWriter out, ExplainableRules rules) throws IOException {
    this.json = JsonOutput.lines(out);
    this.rules = rules;
  }

  void print(EventVerdict verdict) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", verdict.line().file());
    json.writeNumberField("line", verdict.line().number());
    json.writeBooleanField("matches", verdict.matches());
    json.writeNumberField("rulesJudged", verdict.judged());
    writeAll("rules", verdict.explained());
    writeAll("nearest", verdict.nearest());
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  private void writeAll(String name, List<Explanation> explanations) throws IOException {
    json.writeArrayFieldStart(name);
    for (Explanation explanation : explanations) {
      json.writeStartObject();
      json.writeStringField("id", explanation.rule().id());
      json.writeStringField("title", explanation.rule().title());
      RuleLevel level = explanation.rule().level();
      writeText("level", level == null ? null : level.name().toLowerCase(Locale.ROOT));
      json.writeStringField("place", rules.placeOf(explanation.rule()));
      json.writeStringField("customer", explanation.customer());
      json.writeBooleanField("applies", explanation.applies());
      json.writeBooleanField("matches", explanation.matches());
      json.writeFieldName("condition");
      write(explanation.condition());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void write(Reason reason) throws IOException {
    json.writeStartObject();
    if (reason instanceof Reason.Combined combined) {
      start(lower(combined.join()), reason);
      json.writeArrayFieldStart("parts");
      for (Reason part : combined.parts()) {
        write(part);
      }
      json.writeEndArray();
      write(combined.omitted());
    } else if (reason instanceof Reason.Negated negated) {
      start("not", reason);
      json.writeFieldName("part");
      write(negated.negated());
    } else if (reason instanceof Reason.Identifier identifier) {
      start("identifier", reason);
      json.writeStringField("name", identifier.name());
      json.writeFieldName("part");
      write(identifier.detection());
    } else if (reason instanceof Reason.Tests tests) {
      writeTests(tests);
    }
    json.writeEndObject();
  }

  private void start(String kind, Reason reason) throws IOException {
    json.writeStringField("kind", kind);
    json.writeBooleanField("matches", reason.holds());
  }

  private void writeTests(Reason.Tests reason) throws IOException {
    Subject subject = reason.subject();
    start(subject.field() == null ? "keywords" : "field", reason);
    if (subject.field() == null) {
      json.writeNumberField("valuesSearched", subject.moreValues());
    } else {
      json.writeStringField("field", subject.field());
      json.writeBooleanField("present", subject.present());
      json.writeArrayFieldStart("values");
      for (FieldValue value : subject.values()) {
        write(value);
      }
      json.writeEndArray();
      json.writeNumberField("moreValues", subject.moreValues());
      writeText("hint", subject.hint());
    }
    json.writeStringField("join", lower(reason.join()));
    json.writeArrayFieldStart("tests");
    for (Test test : reason.tests()) {
      write(test);
    }
    json.writeEndArray();
    write(reason.omitted());
  }

  private void write(Test test) throws IOException {
    json.writeStartObject();
    json.writeStringField("test", test.phrase().toString());
    json.writeBooleanField("matches", test.holds());
    if (test.by() != null) {
      json.writeObjectFieldStart("by");
      json.writeStringField("field", test.by().path());
      json.writeFieldName("value");
      write(test.by().value());
      json.writeEndObject();
    }
    writeText("hint", test.hint());
    json.writeEndObject();
  }

  private void write(Omitted omitted) throws IOException {
    if (omitted.count() > 0) {
      json.writeObjectFieldStart("omitted");
      json.writeNumberField("count", omitted.count());
      json.writeNumberField("matching", omitted.holding());
      json.writeEndObject();
    }
  }

  private void write(FieldValue value) throws IOException {
    if (value instanceof FieldValue.Numeric number) {
      json.writeNumber(number.digits());
    } else if (value instanceof FieldValue.Truth truth) {
      json.writeBoolean(truth.value());
    } else {
      json.writeString(value.asText());
    }
  }

  private void writeText(String name, @Nullable String text) throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }

  private static String lower(Enum<?> term) {
    return term.name().toLowerCase(Locale.ROOT);
  }
}
