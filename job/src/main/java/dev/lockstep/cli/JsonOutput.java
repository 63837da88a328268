package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.lockstep.sigma.Issue;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** JSON on a stream that stays open. */
final class JsonOutput {
  private static final JsonFactory FACTORY =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private JsonOutput() {}

  /** One value over several lines. */
  static JsonGenerator document(PrintWriter out) throws IOException {
    return FACTORY.createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
  }

  /** Any number of values, each on a line that the caller ends. */
  static JsonGenerator lines(PrintWriter out) throws IOException {
    return FACTORY.createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  static void writeIssues(JsonGenerator json, String name, List<Issue> issues) throws IOException {
    json.writeArrayFieldStart(name);
    for (Issue issue : issues) {
      json.writeStartObject();
      json.writeStringField("file", issue.file());
      json.writeNumberField("line", issue.line());
      json.writeNumberField("column", issue.column());
      json.writeStringField("message", issue.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
