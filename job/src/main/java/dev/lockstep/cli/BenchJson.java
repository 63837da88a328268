package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.local.bench.BenchComparison;
import dev.lockstep.local.bench.BenchResult;
import dev.lockstep.local.bench.Curve;
import dev.lockstep.local.bench.Figure;
import dev.lockstep.local.bench.Figure.Better;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results as files. */
final class BenchJson {
  private BenchJson() {}

  static void print(PrintWriter out, BenchResult result, @Nullable BenchComparison comparison)
      throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("at", result.at().toString());
      json.writeObjectFieldStart("setup");
      for (Map.Entry<String, String> each : result.setup().entrySet()) {
        json.writeStringField(each.getKey(), each.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("figures");
      for (Figure figure : result.figures()) {
        json.writeStartObject();
        write(json, figure);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("curves");
      for (Curve curve : result.curves()) {
        write(json, curve);
      }
      json.writeEndArray();
      if (comparison != null) {
        write(json, comparison);
      }
      json.writeEndObject();
    }
    out.println();
  }

  private static void write(JsonGenerator json, Figure figure) throws IOException {
    json.writeStringField("of", figure.of());
    json.writeStringField("name", figure.name());
    json.writeStringField("unit", figure.unit());
    json.writeNumberField("value", figure.value());
    json.writeStringField("better", figure.better().name().toLowerCase(Locale.ROOT));
  }

  private static void write(JsonGenerator json, Curve curve) throws IOException {
    json.writeStartObject();
    json.writeStringField("of", curve.of());
    json.writeStringField("kind", curve.kind().name().toLowerCase(Locale.ROOT));
    json.writeArrayFieldStart("points");
    for (Curve.Point point : curve.points()) {
      json.writeArray(new long[] {point.x(), point.y()}, 0, 2);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, BenchComparison comparison) throws IOException {
    json.writeObjectFieldStart("comparison");
    json.writeBooleanField("good", comparison.isGood());
    json.writeNumberField("tolerance", comparison.tolerance());
    json.writeArrayFieldStart("different_setup");
    for (String difference : comparison.differentSetup()) {
      json.writeString(difference);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("figures");
    for (BenchComparison.Row row : comparison.rows()) {
      json.writeStartObject();
      write(json, row.now());
      json.writeNumberField("then", row.then());
      json.writeBooleanField("worse", row.worse());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads what a comparison needs of an earlier result.
   *
   * @throws CommandFailure if the file is none
   */
  static BenchResult read(Path file) {
    try {
      JsonFields fields = JsonFields.read(Files.readAllBytes(file)).orElse(JsonFields.NONE);
      List<Figure> figures = fields.objects("figures").stream().map(BenchJson::figure).toList();
      String at = fields.text("at");
      if (figures.isEmpty() || at == null) {
        throw CommandFailure.ofInput(file + " is no result of lockstep bench --json");
      }
      Map<String, String> setup = new LinkedHashMap<>();
      JsonFields told = fields.object("setup");
      if (told != null) {
        told.members().forEach((name, value) -> setup.put(name, String.valueOf(value)));
      }
      return new BenchResult(Instant.parse(at), setup, figures, List.of());
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot read " + file + ": " + e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw CommandFailure.ofInput(
          file + " is no result of lockstep bench --json: " + e.getMessage());
    }
  }

  private static Figure figure(JsonFields fields) {
    Long value = fields.number("value");
    if (value == null) {
      throw new IllegalArgumentException("figure '%s' has no value".formatted(fields.text("name")));
    }
    return new Figure(
        text(fields, "of"),
        text(fields, "name"),
        text(fields, "unit"),
        value,
        Better.valueOf(text(fields, "better").toUpperCase(Locale.ROOT)));
  }

  private static String text(JsonFields fields, String name) {
    String text = fields.text(name);
    if (text == null) {
      throw new IllegalArgumentException("a figure has no " + name);
    }
    return text;
  }
}
