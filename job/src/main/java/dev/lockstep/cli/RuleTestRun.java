package dev.lockstep.cli;

import dev.lockstep.content.RuleTestReport;
import dev.lockstep.content.RuleTestResult;
import java.util.List;

/** The reports of all test files, in order of their paths. */
record RuleTestRun(List<RuleTestReport> reports) {
  RuleTestRun {
    reports = List.copyOf(reports);
  }

  long cases() {
    return reports.stream().mapToLong(report -> report.results().size()).sum();
  }

  long failed() {
    return reports.stream().mapToLong(RuleTestRun::failed).sum();
  }

  long issues() {
    return reports.stream().mapToLong(report -> report.issues().size()).sum();
  }

  /** Tells by the names whether there is a test file of the rule file. */
  boolean hasTestsOf(String rulePath) {
    String stem = rulePath.replaceFirst("\\.ya?ml$", "");
    return reports.stream().anyMatch(report -> report.file().startsWith(stem + ".test.y"));
  }

  static long failed(RuleTestReport report) {
    return report.results().stream().filter(result -> !result.passed()).count();
  }

  /** Where a case stands, as editors and terminals turn it into a link. */
  static String place(RuleTestReport report, RuleTestResult result) {
    var position = result.test().position();
    return report.file() + ":" + position.line() + ":" + position.column();
  }
}
