package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.cli.BacktestResult.Change;
import dev.lockstep.cli.BacktestResult.Cost;
import java.io.IOException;
import java.io.PrintWriter;

/** A backtest for programs. */
final class BacktestJson {
  private BacktestJson() {}

  static void print(PrintWriter out, BacktestOutcome outcome) throws IOException {
    BacktestResult result = outcome.result();
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("rules", outcome.rules());
      json.writeNumberField("ruleCount", outcome.ruleCount());
      json.writeStringField("version", outcome.version());
      json.writeStringField("from", outcome.from().toString());
      json.writeStringField("to", outcome.to().toString());
      json.writeNumberField("warmUpMillis", outcome.warmUp().toMillis());
      json.writeNumberField("events", outcome.events());
      json.writeNumberField("millis", outcome.took().toMillis());
      json.writeNumberField("new", result.added());
      json.writeNumberField("gone", result.gone());
      json.writeNumberField("same", result.same());
      json.writeArrayFieldStart("changes");
      for (Change change : result.changes()) {
        write(json, change);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("notCompared");
      json.writeNumberField("rules", result.otherRules());
      json.writeNumberField("alerts", result.otherAlerts());
      json.writeEndObject();
      json.writeArrayFieldStart("costs");
      for (Cost cost : result.costs()) {
        json.writeStartObject();
        json.writeStringField("rule", cost.rule());
        json.writeNumberField("nanos", cost.nanos());
        json.writeNumberField("share", cost.share());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("faults");
      for (var fault : outcome.faults().entrySet()) {
        json.writeNumberField(fault.getKey(), fault.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(JsonGenerator json, Change change) throws IOException {
    json.writeStartObject();
    json.writeStringField("customer", change.customer());
    json.writeStringField("rule", change.rule());
    json.writeStringField("title", change.title());
    json.writeNumberField("raised", change.raised());
    json.writeNumberField("same", change.same());
    json.writeNumberField("new", change.added());
    json.writeNumberField("gone", change.gone());
    json.writeEndObject();
  }
}
