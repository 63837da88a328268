package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.coverage.CoveredDocument;
import dev.lockstep.coverage.CoveredPart;
import dev.lockstep.coverage.Ratio;
import dev.lockstep.coverage.RuleCoverage;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.WrittenPart;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coverage of rules by their tests for programs: every part that is not exercised. */
final class CoverageJson {
  private CoverageJson() {}

  static void write(JsonGenerator json, List<CoveredDocument> documents) throws IOException {
    json.writeObjectFieldStart("coverage");
    writeRatio(json, RuleCoverage.ratio(documents));
    json.writeArrayFieldStart("rules");
    for (CoveredDocument document : documents) {
      writeDocument(json, document);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeDocument(JsonGenerator json, CoveredDocument document)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", document.filter() ? "filter" : "rule");
    json.writeStringField("id", document.id());
    json.writeStringField("title", document.title());
    json.writeStringField("file", document.file());
    writePosition(json, document.position());
    json.writeBooleanField("tested", document.tested());
    writeRatio(json, new Ratio(document.exercised(), document.total()));
    json.writeArrayFieldStart("unexercised");
    for (CoveredPart part : document.all().filter(each -> !each.exercised()).toList()) {
      writePart(json, part);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writePart(JsonGenerator json, CoveredPart part) throws IOException {
    json.writeStartObject();
    WrittenPart written = part.written();
    if (written != null) {
      json.writeStringField("identifier", written.identifier());
      if (written.entry() > 0) {
        json.writeNumberField("entry", written.entry());
      }
      writeIfPresent(json, "field", written.field());
      writeIfPresent(json, "value", written.value());
    }
    writePosition(json, part.position());
    json.writeBooleanField("seenTrue", part.seenTrue());
    json.writeBooleanField("seenFalse", part.seenFalse());
    json.writeEndObject();
  }

  private static void writeRatio(JsonGenerator json, Ratio ratio) throws IOException {
    json.writeNumberField("percent", ratio.percent());
    json.writeNumberField("parts", ratio.total());
    json.writeNumberField("exercised", ratio.exercised());
  }

  private static void writePosition(JsonGenerator json, Position position) throws IOException {
    json.writeNumberField("line", position.line());
    json.writeNumberField("column", position.column());
  }

  private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
