package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.cli.CompareCommand.Compared;
import dev.lockstep.statistics.Latency;
import dev.lockstep.statistics.comparison.CustomerComparison;
import dev.lockstep.statistics.comparison.EngineComparison;
import dev.lockstep.statistics.comparison.EngineReport;
import dev.lockstep.statistics.comparison.LeftOut;
import dev.lockstep.statistics.comparison.ParityCounts;
import dev.lockstep.statistics.comparison.Row;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Two engines side by side, for programs. Members without a value are left out. */
final class CompareJson {
  private CompareJson() {}

  static void print(PrintWriter out, Compared compared, Share tolerance) throws IOException {
    EngineComparison comparison = compared.comparison();
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("outcome", lower(compared.outcome()));
      json.writeNumberField("tolerance", tolerance.value());
      write(json, "from", comparison.from());
      write(json, "to", comparison.to());
      json.writeArrayFieldStart("engines");
      write(json, compared.first());
      write(json, compared.second());
      json.writeEndArray();
      json.writeArrayFieldStart("obstacles");
      for (String obstacle : comparison.obstacles()) {
        json.writeString(obstacle);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("customers");
      for (CustomerComparison customer : comparison.customers()) {
        write(json, customer);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("leftOut");
      for (LeftOut leftOut : comparison.leftOut()) {
        json.writeStartObject();
        json.writeStringField("customer", leftOut.customer());
        json.writeStringField("why", lower(leftOut.why()));
        json.writeNumberField("periods", leftOut.periods());
        json.writeEndObject();
      }
      json.writeEndArray();
      write(json, compared.parity());
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(JsonGenerator json, EngineReport engine) throws IOException {
    json.writeStartObject();
    json.writeStringField("engine", engine.engine());
    write(json, "updatedAt", engine.updatedAt());
    write(json, "bundle", engine.bundle());
    write(json, "flags", engine.flags());
    write(json, "watermark", engine.watermark());
    if (engine.recordsBehind() != null) {
      json.writeNumberField("recordsBehind", engine.recordsBehind());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, CustomerComparison customer) throws IOException {
    json.writeStartObject();
    json.writeStringField("customer", customer.customer());
    json.writeNumberField("periods", customer.periods());
    json.writeBooleanField("differs", customer.differs());
    json.writeBooleanField("unnamedRules", customer.unnamedRules());
    json.writeArrayFieldStart("rows");
    for (Row row : customer.rows()) {
      json.writeStartObject();
      json.writeStringField("kind", lower(row.kind()));
      if (!row.label().isEmpty()) {
        json.writeStringField("label", row.label());
      }
      json.writeNumberField("first", row.first());
      json.writeNumberField("second", row.second());
      json.writeNumberField("difference", row.difference());
      json.writeBooleanField("judged", row.judged());
      json.writeBooleanField("differs", row.differs());
      json.writeEndObject();
    }
    json.writeEndArray();
    write(json, "firstLatency", customer.firstLatency());
    write(json, "secondLatency", customer.secondLatency());
    json.writeEndObject();
  }

  /** Bounds that half and 99 of 100 alerts keep; none where it is above all bounds. */
  private static void write(JsonGenerator json, String name, @Nullable Latency latency)
      throws IOException {
    if (latency == null) {
      return;
    }
    json.writeObjectFieldStart(name);
    if (latency.halfMillis() != Latency.BEYOND) {
      json.writeNumberField("halfMillis", latency.halfMillis());
    }
    if (latency.mostMillis() != Latency.BEYOND) {
      json.writeNumberField("mostMillis", latency.mostMillis());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, ParityCounts parity) throws IOException {
    json.writeObjectFieldStart("parity");
    json.writeNumberField("judged", parity.judged());
    json.writeNumberField("differing", parity.differing());
    json.writeNumberField("noisy", parity.noisy());
    json.writeObjectFieldStart("verdicts");
    for (var entry : new TreeMap<>(parity.verdicts()).entrySet()) {
      json.writeNumberField(entry.getKey().name(), entry.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void write(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }
}
