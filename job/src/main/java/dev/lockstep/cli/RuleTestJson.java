package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.content.Difference;
import dev.lockstep.content.RaisedAlert;
import dev.lockstep.content.RuleTestReport;
import dev.lockstep.content.RuleTestResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The result of rule tests for programs. */
final class RuleTestJson {
  private RuleTestJson() {}

  static void print(RuleTestRun run, PrintWriter out) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeNumberField("cases", run.cases());
      json.writeNumberField("passed", run.cases() - run.failed());
      json.writeNumberField("failed", run.failed());
      json.writeArrayFieldStart("files");
      for (RuleTestReport report : run.reports()) {
        writeReport(json, report);
      }
      json.writeEndArray();
      if (run.coverage().isPresent()) {
        CoverageJson.write(json, run.coverage().get());
      }
      json.writeEndObject();
    }
    out.println();
  }

  private static void writeReport(JsonGenerator json, RuleTestReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", report.file());
    json.writeBooleanField("passed", report.passed());
    JsonOutput.writeIssues(json, "issues", report.issues());
    json.writeArrayFieldStart("cases");
    for (RuleTestResult result : report.results()) {
      writeResult(json, result);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeResult(JsonGenerator json, RuleTestResult result) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", result.test().name());
    json.writeNumberField("line", result.test().position().line());
    json.writeNumberField("column", result.test().position().column());
    json.writeBooleanField("passed", result.passed());
    json.writeBooleanField("expected", result.test().expected().match());
    json.writeBooleanField("matched", result.matched());
    json.writeStringField("explanation", result.explanation());
    writeDifferences(json, result.differences());
    json.writeArrayFieldStart("rules");
    for (String rule : result.rules()) {
      json.writeString(rule);
    }
    json.writeEndArray();
    if (result.test().timeline().isPresent()) {
      writeAlerts(json, result.alerts());
    }
    json.writeObjectFieldStart("matchedFields");
    for (Map.Entry<String, String> field : result.matchedFields().entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeAlerts(JsonGenerator json, List<RaisedAlert> alerts) throws IOException {
    json.writeArrayFieldStart("alerts");
    for (RaisedAlert alert : alerts) {
      json.writeStartObject();
      json.writeStringField("rule", alert.rule());
      json.writeNumberField("atMillis", alert.atMillis());
      if (alert.count() != null) {
        json.writeNumberField("count", alert.count());
      }
      if (alert.value() != null) {
        json.writeNumberField("value", alert.value());
      }
      json.writeObjectFieldStart("group");
      for (Map.Entry<String, String> field : alert.group().entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
      json.writeNumberField("events", alert.events());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeDifferences(JsonGenerator json, List<Difference> differences)
      throws IOException {
    json.writeArrayFieldStart("differences");
    for (Difference difference : differences) {
      json.writeStartObject();
      json.writeStringField("what", difference.what());
      json.writeStringField("expected", difference.expected());
      json.writeStringField("actual", difference.actual());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
