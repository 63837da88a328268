package dev.lockstep.cli;

import dev.lockstep.coverage.CoveredDocument;
import dev.lockstep.coverage.CoveredPart;
import dev.lockstep.coverage.Ratio;
import dev.lockstep.coverage.RuleCoverage;
import dev.lockstep.sigma.WrittenPart;
import java.io.PrintWriter;
import java.util.List;

/** Coverage of rules by their tests for people: of each rule with gaps what is missing. */
final class CoverageText {
  private static final int MAX_VALUE = 60;

  private final PrintWriter out;
  private final Colours colours;

  CoverageText(PrintWriter out, Colours colours) {
    this.out = out;
    this.colours = colours;
  }

  void print(List<CoveredDocument> documents) {
    documents.stream()
        .filter(document -> document.tested() && document.exercised() < document.total())
        .forEach(this::print);
    Ratio ratio = RuleCoverage.ratio(documents);
    long whole =
        documents.stream()
            .filter(document -> document.tested() && document.exercised() == document.total())
            .count();
    long untested = documents.stream().filter(document -> !document.tested()).count();
    out.printf(
        "coverage %s: %d of %s of %s true in one case and false in another; %s covered wholly%s%n",
        percent(ratio),
        ratio.exercised(),
        Amount.of(ratio.total(), "part"),
        Amount.of(documents.size(), "rule"),
        whole,
        untested == 0 ? "" : ", %d without a case".formatted(untested));
  }

  private void print(CoveredDocument document) {
    Ratio ratio = new Ratio(document.exercised(), document.total());
    out.printf(
        "%s  %s%s  %d of %s%n",
        colours.hint("%8s".formatted(percent(ratio))),
        document.filter() ? "filter: " : "",
        colours.bold(Displayed.safe(document.title())),
        ratio.exercised(),
        Amount.of(ratio.total(), "part"));
    document
        .gaps()
        .forEach(
            part ->
                out.printf(
                    "          %s:%d:%d: %s is %s%n",
                    document.file(),
                    part.position().line(),
                    part.position().column(),
                    name(part, document),
                    colours.bad(missing(part))));
  }

  private static String missing(CoveredPart part) {
    if (part.seenTrue()) {
      return "never false";
    }
    return part.seenFalse() ? "never true" : "never asked";
  }

  private static String name(CoveredPart part, CoveredDocument document) {
    WrittenPart written = part.written();
    if (written == null) {
      return document.filter() ? "the filter as a whole" : "the rule as a whole";
    }
    String identifier =
        written.identifier() + (written.entry() == 0 ? "" : "[" + written.entry() + "]");
    return Displayed.safe(
        identifier
            + (written.field() == null ? "" : ": " + written.field())
            + (written.value() == null ? "" : " " + quoted(written.value())));
  }

  private static String quoted(String value) {
    return "'" + Displayed.safe(value, MAX_VALUE) + "'";
  }

  private static String percent(Ratio ratio) {
    return "%.1f %%".formatted(ratio.percent());
  }
}
