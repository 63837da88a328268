package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.cli.Migration.Place;
import dev.lockstep.cli.Migration.Step;
import dev.lockstep.connector.launchdarkly.FlagChange;
import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.evidence.Tally;
import dev.lockstep.migration.EngineFacts;
import dev.lockstep.migration.EngineRoute;
import dev.lockstep.migration.Finding;
import dev.lockstep.migration.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A migration for programs. Times are ISO-8601, stages as their names in small letters. */
final class MigrationJson {

  private final PrintWriter out;

  MigrationJson(PrintWriter out) {
    this.out = out;
  }

  void status(Migration migration) throws IOException {
    print(migration, (json, place) -> {});
  }

  /** With the steps that each customer has before it. */
  void plan(Migration migration, FlagRoutes routes) throws IOException {
    print(
        migration,
        (json, place) -> {
          json.writeArrayFieldStart("steps");
          for (Step step : migration.way(routes, place)) {
            json.writeStartObject();
            json.writeStringField("to", name(step.next()));
            writeText(json, "refused", step.refusal());
            json.writeArrayFieldStart("flags");
            for (FlagChange change : step.changes()) {
              json.writeString(change.flag());
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** With the step of each customer and the requests that make it. */
  void next(Migration migration, List<Step> steps, String environment, boolean back)
      throws IOException {
    print(
        migration,
        (json, place) -> {
          for (Step step : steps) {
            if (step.customer().equals(place.customer())) {
              json.writeObjectFieldStart(back ? "back" : "step");
              json.writeStringField("to", name(step.next()));
              writeText(json, "refused", step.refusal());
              String comment = step.comment(migration.from().engine(), migration.to().engine());
              writePatches(json, "patches", step.changes(), environment, comment);
              if (!back) {
                writePatches(json, "wayBack", step.back(), environment, comment + ", back");
              }
              json.writeEndObject();
            }
          }
        });
  }

  private void print(Migration migration, More more) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      writeEngine(json, "from", migration.from());
      writeEngine(json, "to", migration.to());
      writeText(json, "since", migration.since());
      json.writeArrayFieldStart("customers");
      for (Place place : migration.places()) {
        json.writeStartObject();
        writePlace(json, place);
        more.write(json, place);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void writeEngine(JsonGenerator json, String name, EngineFacts engine)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("engine", engine.engine());
    writeText(json, "updatedAt", engine.updatedAt());
    writeText(json, "bundle", engine.bundle());
    writeText(json, "flags", engine.flags());
    if (engine.behind() != null) {
      json.writeNumberField("behindMillis", engine.behind().toMillis());
    }
    json.writeEndObject();
  }

  private static void writePlace(JsonGenerator json, Place place) throws IOException {
    json.writeStringField("customer", place.customer());
    json.writeStringField("stage", name(place.standing().stage()));
    Stage.Routes routes = place.standing().routes();
    if (routes != null) {
      json.writeObjectFieldStart("routes");
      writeRoute(json, "from", routes.from());
      writeRoute(json, "to", routes.to());
      json.writeEndObject();
    }
    Tally tally = place.standing().tally();
    json.writeObjectFieldStart("alerts");
    json.writeNumberField("compared", tally.compared());
    json.writeNumberField("good", tally.good());
    json.writeNumberField("differ", tally.differences());
    json.writeNumberField("noise", tally.noise());
    json.writeNumberField("explained", tally.explained());
    json.writeEndObject();
    Stage next = place.readiness().next();
    writeText(json, "next", next == null ? null : name(next));
    json.writeBooleanField("ready", place.readiness().isReady());
    json.writeArrayFieldStart("findings");
    for (Finding finding : place.readiness().findings()) {
      json.writeStartObject();
      json.writeStringField("kind", finding.kind().name());
      json.writeBooleanField("blocks", finding.blocks());
      json.writeStringField("text", finding.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRoute(JsonGenerator json, String name, EngineRoute route)
      throws IOException {
    json.writeObjectFieldStart(name);
    if (route.intake() != null) {
      json.writeNumberField("intakePercent", route.intake() / 1000.0);
    }
    writeText(json, "egress", route.egress() == null ? null : route.egress().flagValue());
    json.writeEndObject();
  }

  private static void writePatches(
      JsonGenerator json, String name, List<FlagChange> changes, String environment, String comment)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (FlagChange change : changes) {
      json.writeStartObject();
      json.writeStringField("flag", change.flag());
      json.writeStringField("contentType", FlagChange.CONTENT_TYPE);
      json.writeFieldName("body");
      json.writeRawValue(change.body(environment, comment));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeText(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }

  private static String name(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @FunctionalInterface
  private interface More {
    void write(JsonGenerator json, Place place) throws IOException;
  }
}
