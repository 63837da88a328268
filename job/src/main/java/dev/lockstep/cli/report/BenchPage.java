package dev.lockstep.cli.report;

import dev.lockstep.local.bench.BenchComparison;
import dev.lockstep.local.bench.BenchResult;
import dev.lockstep.local.bench.Curve;
import dev.lockstep.local.bench.Figure;
import dev.lockstep.local.bench.Figure.Better;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a bench has measured, as one page that asks for nothing. */
public final class BenchPage {

  private static final String STYLE =
      """
      .bars { width: 100%; border-collapse: collapse; }
      .bars td:last-child, .bars th:last-child { width: 45%; vertical-align: middle; }
      .bars i { display: block; height: 18px; border-radius: 4px; background: var(--accent); min-width: 2px; }
      .bars tr.limit i { background: var(--other); }
      .look-0 { stroke: var(--other); stroke-dasharray: 2 5; }
      .look-1 { stroke: var(--first); }
      .look-2 { stroke: var(--second); stroke-dasharray: 9 6; }
      .look-3 { stroke: var(--one); stroke-dasharray: 14 5 3 5; }
      .look-4 { stroke: var(--against); stroke-dasharray: 4 4; }
      .look-5 { stroke: var(--some); stroke-dasharray: 18 6; }
      """;
  private static final String EVENTS = "events";
  private static final double MILLION = 1e6;
  private static final int MICROS_PER_MILLI = 1000;
  private static final int STEPS = 4;

  private final BenchResult result;
  private final @Nullable BenchComparison comparison;
  private final Html html = new Html();

  private BenchPage(BenchResult result, @Nullable BenchComparison comparison) {
    this.result = result;
    this.comparison = comparison;
  }

  /** Returns the page. */
  public static String of(BenchResult result, @Nullable BenchComparison comparison) {
    return new BenchPage(result, comparison).page();
  }

  private String page() {
    html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.raw(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
            + " style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n");
    html.element("title", "lockstep bench, " + Words.moment(result.at()));
    html.raw("\n<style>\n" + ReportPage.STYLE + STYLE + "</style>\n</head>\n<body>\n<main>\n");
    html.raw("<header><p class=\"kicker\">lockstep bench</p><h1>What the whole job takes</h1>");
    html.element("p class=\"muted\"", "Measured until " + Words.moment(result.at()) + ".");
    html.raw("</header>");
    throughput();
    latency();
    if (comparison != null) {
      comparison(comparison);
    }
    numbers();
    setup();
    html.raw("</main>\n<footer>").text("Lockstep, " + Words.moment(result.at()));
    html.raw("</footer>\n</body>\n</html>\n");
    return html.toString();
  }

  private void throughput() {
    List<Figure> all =
        result.figures().stream()
            .filter(figure -> figure.name().equals(EVENTS) && figure.better() == Better.MORE)
            .toList();
    long most = all.stream().mapToLong(Figure::value).max().orElse(1);
    html.raw("<section><h2>As fast as it goes</h2><p>");
    html.text(
        "All events lie in Kafka when a job begins to read. The pass-through job reads, parses and"
            + " writes the same bytes with the same guarantees: all of them, where detection writes"
            + " alerts alone.");
    html.raw("</p>");
    Table table =
        new Table(html, "bars")
            .column("Load")
            .number("Events a second")
            .number("Of pass-through")
            .column("");
    table.begin("Events a second of each load");
    for (Figure figure : all) {
      table.row().head(figure.of()).cell(Words.count(figure.value()));
      OptionalLong share = result.value(figure.of(), "of pass-through");
      table.cell(
          share.isPresent()
              ? String.format(Locale.ROOT, "%.0f %%", share.getAsLong() / 10.0)
              : "–");
      table
          .open()
          .raw("<i style=\"width:%.1f%%\"></i></td>".formatted(100.0 * figure.value() / most));
    }
    table.end();
    html.raw("<div class=\"charts\">");
    Plot pace = new Plot("pace", "Over time", "events a second, by seconds");
    Plot checkpoints = new Plot("checkpoints", "Checkpoints", "milliseconds each, in their order");
    long longest = 0;
    int checkpointCount = 0;
    for (Curve curve : result.curves()) {
      switch (curve.kind()) {
        case EVENTS_PER_SECOND -> {
          pace.line(curve.of(), points(curve, 1.0 / MICROS_PER_MILLI, 1));
          longest = Math.max(longest, last(curve));
        }
        case CHECKPOINTS -> {
          checkpoints.line(curve.of(), points(curve, 1, 1));
          checkpointCount = Math.max(checkpointCount, curve.points().size());
        }
        case LATENCY -> {
          // In a section of its own.
        }
      }
    }
    for (int i = 0; i <= STEPS; i++) {
      double seconds = longest / 1000.0 * i / STEPS;
      pace.mark(seconds, "%.0f s".formatted(seconds));
    }
    for (int i = 1; i <= checkpointCount; i += Math.max(1, checkpointCount / 6)) {
      checkpoints.mark(i, Integer.toString(i));
    }
    pace.draw(html);
    checkpoints.draw(html);
    html.raw("</div></section>");
  }

  private void latency() {
    List<Curve> curves =
        result.curves().stream().filter(curve -> curve.kind() == Curve.Kind.LATENCY).toList();
    if (curves.isEmpty()) {
      return;
    }
    html.raw("<section><h2>Until an alert is seen</h2><p>");
    html.text(
        "At a steady rate, from the moment for which an event was planned, sent in time or not,"
            + " until a reader has its alert. A reader of committed records waits for a checkpoint.");
    html.raw("</p>");
    Plot plot =
        new Plot("latency", "Share of the alerts, and within what time", "milliseconds")
            .logarithmic()
            .numbers(millis -> Words.count(Math.round(millis)));
    for (Curve curve : curves) {
      plot.line(
          curve.of(),
          curve.points().stream()
              .filter(point -> point.x() < MILLION)
              .map(
                  point ->
                      new double[] {
                        nines(point.x()), Math.max(1, (double) point.y() / MICROS_PER_MILLI)
                      })
              .toList());
    }
    for (String percent : List.of("0", "50", "90", "99", "99.9")) {
      plot.mark(nines(Math.round(Double.parseDouble(percent) * MILLION / 100)), percent + " %");
    }
    plot.draw(html);
    html.raw("</section>");
  }

  /** So that each further nine takes the same room. */
  private static double nines(long partsOfAMillion) {
    return -Math.log10(1 - partsOfAMillion / MILLION);
  }

  private static List<double[]> points(Curve curve, double byX, double byY) {
    return curve.points().stream()
        .map(point -> new double[] {point.x() * byX, point.y() * byY})
        .toList();
  }

  private static long last(Curve curve) {
    return curve.points().isEmpty() ? 0 : curve.points().get(curve.points().size() - 1).x();
  }

  private void comparison(BenchComparison compared) {
    html.raw("<section><h2>Beside an earlier result</h2>");
    for (String difference : compared.differentSetup()) {
      html.raw("<p class=\"note\"><strong>Not the same:</strong> ").text(difference).raw("</p>");
    }
    Table table =
        new Table(html, "numbers")
            .column("Figure")
            .number("Then")
            .number("Now")
            .number("Times")
            .column("");
    table.begin("Figures then and now");
    for (BenchComparison.Row row : compared.rows()) {
      table.row().head(row.now().of() + ": " + row.now().name());
      table.cell(Words.count(row.then())).cell(Words.count(row.now().value()));
      table.cell(Double.isNaN(row.ratio()) ? "–" : String.format(Locale.ROOT, "%.2f", row.ratio()));
      table.cell(row.worse() ? "worse" : "");
    }
    table.end();
    html.raw("</section>");
  }

  private void numbers() {
    html.raw("<section><h2>The numbers</h2>");
    for (String load : result.loads()) {
      html.element("h3", load);
      Table table = new Table(html, "numbers").column("What").number("Value").column("Unit");
      table.begin(load);
      for (Figure figure : result.of(load)) {
        table.row().head(figure.name()).cell(Words.count(figure.value())).cell(figure.unit());
      }
      table.end();
    }
    html.raw("</section>");
  }

  private void setup() {
    html.raw("<section><h2>Measured on</h2>");
    Table table = new Table(html, "numbers").column("What").column("");
    table.begin("What was measured on what");
    result.setup().forEach((name, value) -> table.row().head(name).cell(value));
    table.end();
    html.raw("</section>");
  }
}
