package dev.lockstep.cli.report;

import dev.lockstep.evidence.FieldExamples;
import dev.lockstep.evidence.FieldExamples.Example;
import dev.lockstep.evidence.RuleTally;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import dev.lockstep.parity.VerdictRecord.Declared;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Which rules and fields differ, with examples side by side. */
record DifferencesSection(Report report) {

  private static final int MAX_RULES = 40;
  private static final int LONGEST = 120;
  private static final int LONGEST_VALUE = 320;

  void write(Html html) {
    html.raw("<section aria-labelledby=\"differences\">");
    html.raw("<h2 id=\"differences\">What differs</h2>");
    rules(html);
    fields(html);
    others(html);
    html.raw("</section>");
  }

  private void rules(Html html) {
    List<RuleTally> differing =
        report.sums().rules().stream().filter(rule -> rule.tally().differences() > 0).toList();
    html.raw("<h3>Rules</h3>");
    if (differing.isEmpty()) {
      html.element(
          "p class=\"empty good\"",
          report.sums().rules().isEmpty()
              ? "Nothing was compared yet."
              : "✓ No rule differs, of "
                  + Words.count(report.sums().rules().size(), "rule")
                  + " that raised alerts.");
      return;
    }
    Table table =
        new Table(html, "cards")
            .column("Rule")
            .column("Level")
            .number("Differ")
            .number("Compared")
            .column("How")
            .column("Customers")
            .begin("Rules whose alerts differ");
    for (RuleTally rule : differing.subList(0, Math.min(MAX_RULES, differing.size()))) {
      table.row();
      table
          .openHead()
          .text(rule.title(), LONGEST)
          .raw("<br>")
          .element("code", Html.cut(rule.id(), LONGEST))
          .raw("</th>");
      table.cell(rule.level() == null ? "–" : Html.cut(rule.level(), 20));
      table.cell(Words.count(rule.tally().differences()));
      table.cell(Words.count(rule.tally().compared()));
      table.cell(kinds(rule));
      table.cell(customers(rule));
    }
    table.end();
    if (differing.size() > MAX_RULES) {
      html.element(
          "p class=\"muted\"",
          "and " + Words.count(differing.size() - MAX_RULES, "more rule") + " with fewer alerts");
    }
  }

  private static String kinds(RuleTally rule) {
    StringJoiner kinds = new StringJoiner(", ");
    for (Verdict verdict : Verdict.values()) {
      if (verdict.weight() == Verdict.Weight.DIFFERENCE && rule.tally().of(verdict) > 0) {
        kinds.add(Words.count(rule.tally().of(verdict)) + " " + Words.name(verdict));
      }
    }
    return kinds.toString();
  }

  private static String customers(RuleTally rule) {
    String first =
        rule.differing().stream()
            .limit(3)
            .map(customer -> Html.cut(customer, 40))
            .collect(Collectors.joining(", "));
    int more = rule.differing().size() - 3;
    return more > 0 ? first + " and " + Words.count(more) + " more" : first;
  }

  private void fields(Html html) {
    html.raw("<h3>Fields</h3>");
    if (report.fields().isEmpty()) {
      html.raw("<p class=\"empty\">No field differs.</p>");
      return;
    }
    for (FieldExamples field : report.fields()) {
      html.raw("<article class=\"field\"><h4><code>").text(field.field(), LONGEST);
      html.raw("</code> <span class=\"muted\">")
          .text(Words.count(field.alerts(), "alert"))
          .raw("</span></h4>");
      if (field.examples().isEmpty()) {
        html.raw("<p class=\"empty\">Only as declared, or as noise: no example counts.</p>");
      }
      field.examples().forEach(example -> example(html, example));
      html.raw("</article>");
    }
  }

  private void example(Html html, Example example) {
    html.raw("<div class=\"example\"><p>");
    of(html, example.verdict());
    html.raw("</p><dl class=\"sides\">");
    for (String engine : List.of(report.from().engine(), report.to().engine())) {
      html.raw("<div><dt>").text(engine, 40).raw("</dt><dd>");
      String value = example.difference().values().get(engine);
      if (value == null) {
        html.raw("<em>nothing</em>");
      } else {
        html.element("code", Html.cut(value, LONGEST_VALUE));
      }
      html.raw("</dd></div>");
    }
    html.raw("</dl>");
    Declared declared = example.difference().expected();
    if (declared != null) {
      html.element(
          "p class=\"muted\"",
          "Declared by %s until %s%s: %s"
              .formatted(
                  Html.cut(declared.owner(), 60),
                  declared.until(),
                  declared.expired() ? ", which is over" : "",
                  Html.cut(declared.reason(), 200)));
    }
    html.raw("</div>");
  }

  private static void of(Html html, VerdictRecord verdict) {
    html.element("strong", Html.cut(verdict.rule().title(), LONGEST));
    html.raw(" <span class=\"muted\">")
        .text(Html.cut(verdict.customer(), 60) + ", " + Words.moment(verdict.occurredAt()) + ", ")
        .raw("<code>")
        .text(verdict.alertId(), 40)
        .raw("</code></span>");
  }

  private void others(Html html) {
    if (report.examples().isEmpty()) {
      return;
    }
    html.raw("<h3>Alerts that are missing, doubled or elsewhere</h3>");
    Table table =
        new Table(html, "cards")
            .column("Alert")
            .column("What")
            .column("Copies")
            .column("Why")
            .begin("Examples of alerts that speak against the engines");
    for (VerdictRecord verdict : report.examples()) {
      table.row();
      of(table.openHead(), verdict);
      html.raw("</th>");
      table.cell(Words.name(verdict.verdict()));
      table.cell(
          verdict.copies().stream()
              .map(copy -> Html.cut(copy.engine(), 40) + " " + Html.cut(copy.lane(), 10))
              .collect(Collectors.joining(", ")));
      table.cell(why(verdict));
    }
    table.end();
  }

  private static String why(VerdictRecord verdict) {
    VerdictRecord.Pair pair = verdict.pair();
    String why =
        pair != null ? pair.why() + " (other alert: " + pair.alertId() + ")" : verdict.reason();
    return why == null ? Words.meaning(verdict.verdict()) : Html.cut(why, 300);
  }
}
