package dev.lockstep.cli.report;

import dev.lockstep.cli.report.Report.Line;
import dev.lockstep.evidence.Tally;
import dev.lockstep.migration.Finding;
import dev.lockstep.migration.Readiness;
import dev.lockstep.migration.Stage;
import dev.lockstep.parity.Verdict;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Each customer: where it is, what was compared, and whether it can go on. */
record CustomersSection(Report report) {

  private static final int MAX_ROWS = 300;
  private static final int LONGEST = 60;
  private static final List<Stage> WAY =
      List.of(Stage.OFF, Stage.SHADOW_TRICKLE, Stage.SHADOW_FULL, Stage.LIVE, Stage.RETIRED);

  void write(Html html) {
    html.raw("<section aria-labelledby=\"customers\"><h2 id=\"customers\">Customers</h2>");
    if (report.customers().isEmpty()) {
      html.raw("<p class=\"empty\">No customer is known.</p></section>");
      return;
    }
    progress(html);
    List<Finding> ofAll = ofAll();
    if (!ofAll.isEmpty()) {
      html.raw("<p class=\"note\">Of all customers that have a step before them:</p>");
      reasons(html, ofAll);
    }
    List<Line> shown =
        report.customers().stream()
            .sorted(
                Comparator.comparingInt(CustomersSection::urgency)
                    .thenComparing(line -> line.standing().customer()))
            .limit(MAX_ROWS)
            .toList();
    Table table =
        new Table(html, "cards")
            .column("Customer")
            .column("Stage")
            .number("Compared")
            .number("Differ")
            .column("Next step")
            .begin("Customers, their stages and whether they are ready for the next step");
    shown.forEach(line -> row(table, line, ofAll));
    table.end();
    if (shown.size() < report.customers().size()) {
      html.element(
          "p class=\"muted\"",
          "and "
              + Words.count(report.customers().size() - shown.size(), "more customer")
              + ": ask for them by --customer");
    }
    html.raw("</section>");
  }

  /** What speaks about each customer's step alike, mostly of the engines: said once. */
  private List<Finding> ofAll() {
    List<List<Finding>> each =
        report.customers().stream()
            .map(Line::readiness)
            .filter(readiness -> readiness.next() != null)
            .map(Readiness::findings)
            .toList();
    if (each.size() < 2) {
      return List.of();
    }
    return each.get(0).stream()
        .filter(finding -> each.stream().allMatch(others -> others.contains(finding)))
        .toList();
  }

  /** Those that cannot go on come first, those at the end last. */
  private static int urgency(Line line) {
    Readiness readiness = line.readiness();
    return readiness.isReady() ? 1 : readiness.blocking().isEmpty() ? 2 : 0;
  }

  private void progress(Html html) {
    Map<Stage, Long> counts = new EnumMap<>(Stage.class);
    report.customers().forEach(line -> counts.merge(line.standing().stage(), 1L, Long::sum));
    html.raw("<ol class=\"ramp\" aria-label=\"How many customers are in which stage\">");
    for (Stage stage : WAY) {
      long there = counts.getOrDefault(stage, 0L);
      html.raw("<li class=\"" + (there > 0 ? "some" : "none") + "\">");
      html.element("span class=\"value\"", Words.count(there)).raw(" ");
      html.element("span class=\"more\"", stage.words()).raw("</li>");
    }
    html.raw("</ol>");
    long unclear = counts.getOrDefault(Stage.UNCLEAR, 0L);
    if (unclear > 0) {
      html.element(
          "p class=\"note\"",
          Words.count(unclear, "customer") + " in none of these stages: see below.");
    }
  }

  private static void row(Table table, Line line, List<Finding> ofAll) {
    Tally tally = line.standing().tally();
    Stage stage = line.standing().stage();
    table.row();
    table.openHead().text(line.standing().customer(), LONGEST).raw("</th>");
    Html html = table.open();
    steps(html, stage);
    html.raw("</td>");
    table.cell(Words.count(tally.compared()));
    table.open();
    html.raw("<span class=\"" + (tally.differences() > 0 ? "bad strong" : "muted") + "\">")
        .text(Words.count(tally.differences()))
        .raw("</span>");
    String kinds = kinds(tally);
    if (!kinds.isEmpty()) {
      html.raw(" ").element("small", kinds);
    }
    html.raw("</td>");
    table.open();
    next(html, line.readiness(), ofAll);
    html.raw("</td>");
  }

  private static void steps(Html html, Stage stage) {
    int at = WAY.indexOf(stage);
    html.raw("<span class=\"stage\">");
    if (at >= 0) {
      html.raw("<span class=\"steps\" aria-hidden=\"true\">");
      for (int i = 0; i < WAY.size(); i++) {
        html.raw("<i class=\"" + (i < at ? "past" : i == at ? "here" : "ahead") + "\"></i>");
      }
      html.raw("</span>");
    }
    html.raw("<span>").text(stage.words()).raw("</span></span>");
  }

  private static String kinds(Tally tally) {
    StringJoiner kinds = new StringJoiner(", ");
    for (Verdict verdict : Verdict.values()) {
      if (verdict.weight() == Verdict.Weight.DIFFERENCE && tally.of(verdict) > 0) {
        kinds.add(Words.count(tally.of(verdict)) + " " + Words.name(verdict));
      }
    }
    if (tally.noise() > 0) {
      kinds.add(Words.count(tally.noise()) + " of them noise");
    }
    return kinds.toString();
  }

  private static void next(Html html, Readiness readiness, List<Finding> ofAll) {
    Stage next = readiness.next();
    if (next == null) {
      boolean done = readiness.blocking().isEmpty();
      badge(html, done ? "good" : "bad", done ? "✓" : "✗", done ? "Moved" : "A person must look");
    } else {
      boolean ready = readiness.isReady();
      badge(html, ready ? "good" : "bad", ready ? "✓" : "✗", ready ? "Ready" : "Not ready");
      html.raw(" <span>").text("for " + next.words()).raw("</span>");
    }
    List<Finding> own =
        readiness.findings().stream().filter(finding -> !ofAll.contains(finding)).toList();
    if (!own.isEmpty()) {
      reasons(html, own);
    }
  }

  private static void reasons(Html html, List<Finding> findings) {
    html.raw("<ul class=\"reasons\">");
    for (Finding finding : findings) {
      html.raw("<li class=\"" + (finding.blocks() ? "blocks" : "tells") + "\">")
          .text(finding.text(), 300)
          .raw("</li>");
    }
    html.raw("</ul>");
  }

  private static void badge(Html html, String look, String mark, String words) {
    html.raw("<span class=\"badge " + look + "\"><span aria-hidden=\"true\">" + mark + "</span> ")
        .text(words)
        .raw("</span>");
  }
}
