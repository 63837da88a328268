package dev.lockstep.cli.report;

import dev.lockstep.parity.Verdict;

/** What the verdicts mean. */
record GuideSection() {

  void write(Html html) {
    html.raw("<section aria-labelledby=\"guide\"><h2 id=\"guide\">How to read this</h2>");
    html.raw("<p>")
        .text(
            "Both engines read the same events. Each alert is compared by what was found, wherever it"
                + " was sent; engine, lane and time of processing do not count.");
    html.raw("</p><details><summary>What the verdicts mean</summary>");
    Table table =
        new Table(html, "cards")
            .column("Verdict")
            .column("Speaks")
            .column("Meaning")
            .begin("Verdicts and their meaning");
    for (Verdict verdict : Verdict.values()) {
      table
          .row()
          .head(Words.name(verdict))
          .cell(
              switch (verdict.weight()) {
                case GOOD -> "for the engines";
                case DIFFERENCE -> "against them";
                case EXPLAINED -> "not at all";
              })
          .cell(Words.meaning(verdict));
    }
    table.end();
    html.raw("</details></section>");
  }
}
