package dev.lockstep.cli;

import dev.lockstep.content.RuleTestReport;
import dev.lockstep.content.RuleTestResult;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** The result of rule tests for people: a line for each file, and for what failed why. */
final class RuleTestText {
  private final PrintWriter out;
  private final Ansi ansi;

  RuleTestText(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  void print(RuleTestRun run) {
    run.reports().forEach(this::print);
    printSum(run);
    run.coverage().ifPresent(coverage -> new CoverageText(out, Colours.of(ansi)).print(coverage));
  }

  private void printSum(RuleTestRun run) {
    out.printf(
        "%s, %s: %d passed, %d failed%s%n",
        Amount.of(run.reports().size(), "test file"),
        Amount.of(run.cases(), "case"),
        run.cases() - run.failed(),
        run.failed(),
        run.issues() == 0 ? "" : ", " + Amount.of(run.issues(), "issue"));
  }

  /** Only what failed, and nothing of the rest but its number. */
  void printFailed(RuleTestRun run) {
    run.reports().stream().filter(report -> !report.passed()).forEach(this::print);
    printSum(run);
  }

  private void print(RuleTestReport report) {
    String verdict = report.passed() ? ansi.string("@|green passed|@") : failed();
    // The path does not go through the colours, whose marks it might contain.
    out.println(verdict + "  " + report.file() + " (" + count(report) + ")");
    report.issues().forEach(issue -> out.println("  " + issue));
    for (RuleTestResult result : report.results()) {
      if (!result.passed()) {
        out.println(
            "  %s: %s"
                .formatted(
                    RuleTestRun.place(report, result), Displayed.safe(result.test().name())));
        result.sentences().forEach(sentence -> out.println("    " + Displayed.safe(sentence)));
      }
    }
  }

  private String failed() {
    return ansi.string("@|bold,red FAILED|@");
  }

  private static String count(RuleTestReport report) {
    int cases = report.results().size();
    if (!report.issues().isEmpty()) {
      return Amount.of(report.issues().size(), "issue");
    }
    return report.passed()
        ? Amount.of(cases, "case")
        : RuleTestRun.failed(report) + " of " + Amount.of(cases, "case");
  }
}
