package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.job.savepoint.SavepointSummary;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What a savepoint holds, for programs. Members without a value are left out. */
final class SavepointJson {

  private SavepointJson() {}

  static void print(PrintWriter out, SavepointSummary summary) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("path", summary.path());
      json.writeStringField("kind", summary.savepoint() ? "savepoint" : "checkpoint");
      json.writeNumberField("checkpoint", summary.checkpointId());
      write(json, "job", summary.job());
      write(json, "engine", summary.engine());
      json.writeNumberField("bytes", summary.bytes());
      json.writeArrayFieldStart("inForce");
      for (SavepointSummary.Update update : summary.updates()) {
        json.writeStartObject();
        json.writeStringField("kind", update.kind());
        json.writeStringField("version", update.version());
        json.writeNumberField("sequence", update.sequence());
        json.writeNumberField("bytes", update.bytes());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("operators");
      for (SavepointSummary.Operator operator : summary.operators()) {
        writeOperator(json, operator);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void writeOperator(JsonGenerator json, SavepointSummary.Operator operator)
      throws IOException {
    json.writeStartObject();
    write(json, "uid", operator.uid());
    json.writeStringField("id", operator.id());
    json.writeNumberField("parallelism", operator.parallelism());
    json.writeNumberField("maxParallelism", operator.maxParallelism());
    json.writeNumberField("bytes", operator.bytes());
    json.writeArrayFieldStart("states");
    for (String state : operator.states()) {
      json.writeString(state);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
