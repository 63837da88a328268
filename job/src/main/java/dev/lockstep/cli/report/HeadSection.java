package dev.lockstep.cli.report;

import dev.lockstep.evidence.Tally;
import dev.lockstep.parity.Verdict;

/** What the page is about, and the answer in one line. */
record HeadSection(Report report) {

  void write(Html html) {
    Tally total = report.sums().total();
    html.raw("<header><p class=\"kicker\">Parity report</p><h1>")
        .text(report.from().engine(), 60)
        .raw(" <span class=\"arrow\" aria-label=\"to\">→</span> ")
        .text(report.to().engine(), 60)
        .raw("</h1><p class=\"muted\">");
    html.text(
        (report.since() == null
                ? "All alerts that were ever compared"
                : "Alerts since " + Words.moment(report.since()))
            + ". Made "
            + Words.moment(report.at())
            + ".");
    html.raw("</p></header>");
    answer(html);
    for (String note : report.notes()) {
      html.raw("<p class=\"note\"><strong>Note:</strong> ").text(note).raw("</p>");
    }
    html.raw("<dl class=\"tiles\">");
    tile(html, "Compared", Words.count(total.compared()), "alerts of both engines", "");
    tile(html, "Agree", Words.share(total.good(), total.compared()), goodWords(total), "good");
    tile(
        html,
        "Differ",
        Words.count(total.differences()),
        "alerts, noise left out",
        total.differences() == 0 ? "good" : "bad");
    tile(
        html,
        "Explained",
        Words.count(total.explained()),
        "of them rescued: " + Words.count(total.of(Verdict.RESCUED)),
        "");
    html.raw("</dl>");
  }

  private static String goodWords(Tally total) {
    long expected = total.of(Verdict.EXPECTED);
    return Words.count(total.good())
        + " alerts"
        + (expected > 0 ? ", " + Words.count(expected) + " as declared" : "");
  }

  private void answer(Html html) {
    long all = report.customers().size();
    long ready = report.ready();
    long done = report.done();
    boolean good = all > 0 && ready + done == all;
    String words =
        all == 0
            ? "No customer is known yet."
            : done == all
                ? (all == 1 ? "The customer has" : "All " + Words.count(all) + " customers have")
                    + " moved; "
                    + report.from().engine()
                    + " can go."
                : Words.count(ready)
                    + " of "
                    + Words.count(all - done, "customer")
                    + (ready == 1 ? " is" : " are")
                    + " ready for the next step"
                    + (done > 0 ? "; " + Words.count(done) + " moved already." : ".");
    html.raw("<p class=\"answer " + (good ? "good" : ready > 0 ? "some" : "bad") + "\">");
    html.raw("<span class=\"mark\" aria-hidden=\"true\">")
        .text(good ? "✓" : ready > 0 ? "◐" : "✗")
        .raw("</span> ");
    html.text(words).raw("</p>");
  }

  private static void tile(Html html, String name, String value, String more, String look) {
    html.raw("<div class=\"tile " + look + "\"><dt>").text(name).raw("</dt><dd>");
    html.element("span class=\"value\"", value).raw(" ");
    html.element("span class=\"more\"", more).raw("</dd></div>");
  }
}
