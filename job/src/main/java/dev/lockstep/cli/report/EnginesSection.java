package dev.lockstep.cli.report;

import dev.lockstep.evidence.EngineHistory;
import dev.lockstep.migration.EngineFacts;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Latency;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Both engines side by side: what they hold, how far they are, what they did and at what cost. */
record EnginesSection(Report report) {

  void write(Html html) {
    html.raw("<section aria-labelledby=\"engines\"><h2 id=\"engines\">Engines</h2>");
    Table table =
        new Table(html, "sides-table")
            .column("")
            .column(Html.cut(report.from().engine(), 40))
            .column(Html.cut(report.to().engine(), 40))
            .begin("What both engines say of themselves");
    row(table, "Last word", (engine, history) -> age(engine));
    row(table, "Rules", (engine, history) -> version(engine.bundle(), engine.bundleEverywhere()));
    row(table, "Not in force", (engine, history) -> Words.count(engine.notInForce(), "rule"));
    row(table, "Flags", (engine, history) -> version(engine.flags(), engine.flagsEverywhere()));
    row(
        table,
        "Event time behind",
        (engine, history) -> engine.behind() == null ? "–" : Words.duration(engine.behind()));
    row(table, "Events judged", (engine, history) -> ifKept(history, history.totalJudged()));
    row(table, "Events not let in", (engine, history) -> ifKept(history, history.totalGated()));
    row(table, "Alerts live", (engine, history) -> ifKept(history, history.total(Counted.LIVE)));
    row(
        table,
        "Alerts shadow",
        (engine, history) -> ifKept(history, history.total(Counted.SHADOW)));
    row(
        table,
        "Event to alert, half",
        (engine, history) ->
            history.latency().map(each -> Latency.words(each.halfMillis())).orElse("–"));
    row(
        table,
        "Event to alert, 99 %",
        (engine, history) ->
            history.latency().map(each -> Latency.words(each.mostMillis())).orElse("–"));
    row(
        table,
        "Dead letters",
        (engine, history) -> ifKept(history, history.total(Counted.DEAD_LETTERS)));
    row(
        table,
        "Cost of an event",
        (engine, history) ->
            history.microsPerEvent() == 0
                ? "–"
                : String.format(Locale.ENGLISH, "%.1f µs", history.microsPerEvent()));
    table.end();
    if (!report.fromHistory().isEmpty() || !report.toHistory().isEmpty()) {
      html.raw("<div class=\"charts\">");
      new Chart("events", "Events judged")
          .with(Html.cut(report.from().engine(), 40), "first", report.fromHistory().judged())
          .with(Html.cut(report.to().engine(), 40), "second", report.toHistory().judged())
          .lines(html);
      new Chart("live", "Alerts sent live")
          .with(Html.cut(report.from().engine(), 40), "first", report.fromHistory().live())
          .with(Html.cut(report.to().engine(), 40), "second", report.toHistory().live())
          .lines(html);
      html.raw("</div>");
    }
    html.raw("</section>");
  }

  private void row(Table table, String name, BiFunction<EngineFacts, EngineHistory, String> cell) {
    table
        .row()
        .head(name)
        .cell(cell.apply(report.from(), report.fromHistory()))
        .cell(cell.apply(report.to(), report.toHistory()));
  }

  private String age(EngineFacts engine) {
    return engine.updatedAt() == null
        ? "none: it says nothing of itself"
        : Words.duration(Duration.between(engine.updatedAt(), report.at())) + " ago";
  }

  private static String version(@Nullable String version, boolean everywhere) {
    return Html.cut(Objects.requireNonNullElse(version, "–"), 12)
        + (version == null || everywhere ? "" : ", not on all subtasks");
  }

  private static String ifKept(EngineHistory history, long count) {
    return history.isEmpty() ? "–" : Words.count(count);
  }
}
