package dev.lockstep.cli;

import dev.lockstep.cli.Migration.Place;
import dev.lockstep.cli.Migration.Step;
import dev.lockstep.connector.launchdarkly.FlagChange;
import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.evidence.Tally;
import dev.lockstep.migration.EngineFacts;
import dev.lockstep.migration.Finding;
import dev.lockstep.migration.Readiness;
import dev.lockstep.migration.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A migration for people. */
final class MigrationText {

  private static final int LONGEST_ID = 28;
  private static final int SHOWN_OF_A_VERSION = 12;

  private final PrintWriter out;
  private final Colours colours;
  private final Instant now;

  MigrationText(PrintWriter out, Colours colours, Instant now) {
    this.out = out;
    this.colours = colours;
    this.now = now;
  }

  /** Prints a row for each customer, with what blocks it below. */
  void status(Migration migration) {
    head(migration);
    if (migration.places().isEmpty()) {
      out.println("No customer is known: neither topic names one. Name some by --customer.");
      return;
    }
    int width = width(migration);
    String row = "%-" + width + "s  %-14s  %9s  %7s  %s";
    out.println(
        colours.bold(row.formatted("customer", "stage", "compared", "differ", "next step")));
    for (Place place : migration.places()) {
      Tally tally = place.standing().tally();
      out.println(
          row.formatted(
              id(place.customer()),
              place.standing().stage().words(),
              "%,d".formatted(tally.compared()),
              "%,d".formatted(tally.differences()),
              verdict(place.readiness())));
      findings(place.readiness(), " ".repeat(width + 2));
    }
    out.println();
    long ready = migration.places().stream().filter(place -> place.readiness().isReady()).count();
    out.println(
        "%s can take the next step; 'lockstep migrate next' says how."
            .formatted(Amount.of(ready, "customer")));
  }

  /** Prints the steps that each customer has before it. */
  void plan(Migration migration, FlagRoutes routes) {
    head(migration);
    if (migration.places().isEmpty()) {
      out.println("No customer is known: neither topic names one. Name some by --customer.");
    }
    for (Place place : migration.places()) {
      Readiness readiness = place.readiness();
      out.println(
          colours.bold(id(place.customer()))
              + "  "
              + place.standing().stage().words()
              + routesOf(migration, place));
      if (readiness.next() == null) {
        out.println("  " + verdict(readiness));
        findings(readiness, "    ");
      }
      boolean first = true;
      for (Step step : migration.way(routes, place)) {
        out.println(
            "  %s %-14s  %s"
                .formatted(
                    first ? colours.mark(readiness.isReady() && step.refusal() == null) : "·",
                    step.next().words(),
                    changes(step)));
        if (first) {
          findings(readiness, "      ");
        }
        first = false;
      }
      out.println();
    }
  }

  /** Prints the next steps, or those back, with all that makes them. */
  void next(Migration migration, List<Step> steps, MigrationCommands commands, boolean back) {
    head(migration);
    if (migration.places().isEmpty()) {
      out.println("No customer is known: neither topic names one. Name some by --customer.");
    }
    for (Place place : migration.places()) {
      steps.stream()
          .filter(step -> step.customer().equals(place.customer()))
          .findFirst()
          .ifPresentOrElse(
              step -> step(migration, place, step, commands, back), () -> noStep(place, back));
      out.println();
    }
  }

  private void noStep(Place place, boolean back) {
    Stage stage = place.standing().stage();
    out.println(colours.bold(id(place.customer())) + "  " + stage.words());
    out.println(back ? "  There is no step back from here." : "  " + verdict(place.readiness()));
    findings(place.readiness(), "    ");
  }

  private void step(
      Migration migration, Place place, Step step, MigrationCommands commands, boolean back) {
    out.println(
        colours.bold(id(step.customer()))
            + "  "
            + step.now().words()
            + " → "
            + colours.bold(step.next().words()));
    if (step.refusal() != null) {
      out.println("  " + colours.bad("No change of the flags does that: ") + safe(step.refusal()));
      return;
    }
    Readiness readiness = place.readiness();
    if (back) {
      out.println("  " + colours.good("The way back is always open."));
    } else {
      Tally tally = place.standing().tallyFor(step.next(), migration.to().engine());
      out.println(
          readiness.isReady()
              ? "  "
                  + colours.good("Safe")
                  + ": %s compared, %s differ."
                      .formatted(
                          Amount.of(tally.compared(), "alert"),
                          tally.differences() == 0 ? "none" : "%,d".formatted(tally.differences()))
              : "  " + colours.bad("Not safe") + ":");
      findings(readiness, "    ");
      if (!readiness.isReady()) {
        return;
      }
    }
    Stage.Routes then = step.next().routes(migration.trickle());
    out.println(
        "  Then %s gets %s; %s gets %s."
            .formatted(
                migration.from().engine(),
                then.from().words(),
                migration.to().engine(),
                then.to().words()));
    String comment = step.comment(migration.from().engine(), migration.to().engine());
    patches(step.changes(), comment, commands);
    out.println();
    out.println("  " + colours.bold("Make it") + "   " + commands.apply(step.customer(), back));
    if (!back && !step.back().isEmpty()) {
      out.println("  " + colours.bold("Way back") + "  " + commands.apply(step.customer(), true));
      patches(step.back(), "lockstep migrate: " + step.customer() + " back", commands);
    }
  }

  private void patches(List<FlagChange> changes, String comment, MigrationCommands commands) {
    if (changes.isEmpty()) {
      out.println("  The flags say so already.");
    }
    for (FlagChange change : changes) {
      out.println();
      out.println("  PATCH /api/v2/flags/PROJECT/" + change.flag());
      out.println("  Content-Type: " + FlagChange.CONTENT_TYPE);
      out.print(change.body(commands.environment(), comment).indent(2));
    }
  }

  private void head(Migration migration) {
    out.println(
        colours.bold(
            "%s → %s"
                .formatted(
                    Displayed.safe(migration.from().engine()),
                    Displayed.safe(migration.to().engine()))));
    engine(migration.from());
    engine(migration.to());
    out.println(
        migration.since() == null
            ? "  All that was ever compared counts."
            : "  What was compared since %s counts."
                .formatted(migration.since().truncatedTo(ChronoUnit.SECONDS)));
    out.println();
  }

  private void engine(EngineFacts engine) {
    List<String> facts = new ArrayList<>();
    if (engine.updatedAt() == null) {
      facts.add(colours.bad("says nothing of itself"));
    } else {
      facts.add("bundle " + version(engine.bundle()));
      facts.add("flags " + version(engine.flags()));
      if (engine.behind() != null) {
        facts.add(words(engine.behind()) + " behind");
      }
      facts.add("said so " + words(Duration.between(engine.updatedAt(), now)) + " ago");
    }
    out.println("  %-12s %s".formatted(id(engine.engine()), String.join(", ", facts)));
  }

  private static String version(@Nullable String version) {
    String known = Objects.requireNonNullElse(version, "unknown");
    return Displayed.safe(known.substring(0, Math.min(known.length(), SHOWN_OF_A_VERSION)));
  }

  private static String words(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }

  private String verdict(Readiness readiness) {
    Stage next = readiness.next();
    if (next == null) {
      return readiness.stage() == Stage.RETIRED
          ? colours.good("done")
          : colours.bad("a person must look");
    }
    return readiness.isReady()
        ? next.words() + ", " + colours.good("safe")
        : next.words() + ", " + colours.bad("not safe");
  }

  private void findings(Readiness readiness, String indent) {
    for (Finding finding : readiness.findings()) {
      String text = safe(finding.text());
      out.println(
          indent + (finding.blocks() ? colours.bad("✗ ") + text : colours.hint("! ") + text));
    }
  }

  private static String routesOf(Migration migration, Place place) {
    Stage.Routes routes = place.standing().routes();
    return routes == null
        ? ""
        : "  (%s: %s; %s: %s)"
            .formatted(
                Displayed.safe(migration.from().engine()),
                routes.from().words(),
                Displayed.safe(migration.to().engine()),
                routes.to().words());
  }

  private static String changes(Step step) {
    if (step.refusal() != null) {
      return safe(step.refusal());
    }
    return step.changes().isEmpty()
        ? "no flag has to change"
        : step.changes().stream()
            .map(
                change ->
                    change.flag() + " " + Amount.of(change.instructions().size(), "instruction"))
            .collect(Collectors.joining(", "));
  }

  private static int width(Migration migration) {
    return migration.places().stream()
        .mapToInt(place -> id(place.customer()).length())
        .max()
        .orElse(0);
  }

  private static String id(String text) {
    return Displayed.safe(text, LONGEST_ID);
  }

  private static String safe(String text) {
    return Displayed.safe(text);
  }
}
