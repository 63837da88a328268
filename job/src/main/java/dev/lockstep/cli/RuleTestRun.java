package dev.lockstep.cli;

import dev.lockstep.content.Content;
import dev.lockstep.content.PlaceholderFile;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.content.RuleTestReport;
import dev.lockstep.content.RuleTestResult;
import dev.lockstep.content.RuleTests;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.sigma.Placeholders;
import java.util.List;

/** The reports of all test files, in order of their paths. */
record RuleTestRun(List<RuleTestReport> reports) {
  RuleTestRun {
    reports = List.copyOf(reports);
  }

  /** Runs all tests; those that name no mapping under this one. */
  static RuleTestRun of(RulePaths content, FieldMapping mapping) {
    Placeholders values = Content.read(content.rules()).placeholders();
    return new RuleTestRun(
        content.tests().stream()
            .map(test -> RuleTests.run(test, content::rule, values, mapping))
            .toList());
  }

  /** The rule files that no test file is of. */
  List<RuleDocument> untested(RulePaths content) {
    return content.rules().stream()
        .filter(rule -> !hasTestsOf(rule.path()) && !PlaceholderFile.isOne(rule))
        .toList();
  }

  boolean passed() {
    return reports.stream().allMatch(RuleTestReport::passed);
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
  private boolean hasTestsOf(String rulePath) {
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
