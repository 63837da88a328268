package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.elastalert.ImportedRule;
import dev.lockstep.elastalert.Remark;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** What became of the rules of ElastAlert. */
record ElastAlertReport(List<ImportedRule> rules) {
  ElastAlertReport {
    rules = List.copyOf(rules);
  }

  /** Whether all rules came over, with all that they say. */
  boolean isComplete() {
    return count(Remark.Kind.REFUSED) == 0 && count(Remark.Kind.LOST) == 0;
  }

  /**
   * Prints a line for each rule and below it what did not come over.
   *
   * @param written whether the rules have been written, or only could be
   */
  void print(PrintWriter out, Colours colours, boolean written) {
    String done = written ? "written" : "good";
    for (ImportedRule rule : rules) {
      String name = Displayed.safe(rule.name());
      if (rule.text().isPresent()) {
        out.println(colours.good(done) + "  " + Displayed.safe(rule.path()) + "  " + name);
      } else {
        out.println(colours.bad(isRefused(rule) ? "refused" : "skipped") + "  " + name);
      }
      for (Remark remark : rule.remarks()) {
        String line =
            "  %-7s  %s".formatted(remark.kind().wireName(), Displayed.safe(remark.toString()));
        out.println(
            switch (remark.kind()) {
              case REFUSED -> colours.bad(line);
              case LOST -> colours.hint(line);
              case NOTE -> colours.faint(line);
            });
      }
    }
    out.printf(
        "%s: %d %s, %d refused; %d lost, %s%n",
        Amount.of(rules.size(), "file"),
        rules.stream().filter(rule -> rule.text().isPresent()).count(),
        done,
        rules.stream().filter(ElastAlertReport::isRefused).count(),
        count(Remark.Kind.LOST),
        Amount.of(count(Remark.Kind.NOTE), "note"));
  }

  void printJson(PrintWriter out) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeNumberField("files", rules.size());
      json.writeNumberField("good", rules.stream().filter(rule -> rule.text().isPresent()).count());
      json.writeNumberField("refused", rules.stream().filter(ElastAlertReport::isRefused).count());
      json.writeNumberField("lost", count(Remark.Kind.LOST));
      json.writeNumberField("notes", count(Remark.Kind.NOTE));
      json.writeArrayFieldStart("rules");
      for (ImportedRule rule : rules) {
        write(json, rule);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(JsonGenerator json, ImportedRule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("source", rule.source());
    json.writeStringField("name", rule.name());
    if (rule.text().isPresent()) {
      json.writeStringField("file", rule.path());
    } else {
      json.writeNullField("file");
    }
    json.writeArrayFieldStart("remarks");
    for (Remark remark : rule.remarks()) {
      json.writeStartObject();
      json.writeStringField("kind", remark.kind().wireName());
      json.writeStringField("file", remark.file());
      json.writeNumberField("line", remark.line());
      json.writeNumberField("column", remark.column());
      json.writeStringField("setting", remark.setting());
      json.writeStringField("message", remark.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static boolean isRefused(ImportedRule rule) {
    return rule.count(Remark.Kind.REFUSED) > 0;
  }

  private long count(Remark.Kind kind) {
    return rules.stream().mapToLong(rule -> rule.count(kind)).sum();
  }
}
