package dev.lockstep.cli;

import dev.lockstep.content.Content;
import dev.lockstep.content.PlaceholderFile;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.content.RuleTestReport;
import dev.lockstep.content.RuleTestResult;
import dev.lockstep.content.RuleTests;
import dev.lockstep.coverage.CoveredDocument;
import dev.lockstep.coverage.RuleCoverage;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.sigma.Placeholders;
import java.util.List;
import java.util.Optional;

/**
 * The reports of all test files, in order of their paths.
 *
 * @param coverage what the tests have seen of all rules without issues, if that was asked for
 */
record RuleTestRun(List<RuleTestReport> reports, Optional<List<CoveredDocument>> coverage) {
  RuleTestRun {
    reports = List.copyOf(reports);
    coverage = coverage.map(List::copyOf);
  }

  /** Runs all tests; those that name no mapping under this one. */
  static RuleTestRun of(RulePaths content, FieldMapping mapping) {
    RuleCoverage nothing = new RuleCoverage(Placeholders.NONE);
    return new RuleTestRun(run(content, mapping, values(content), nothing), Optional.empty());
  }

  /** Does so, and watches what the tests see of the rules. */
  static RuleTestRun withCoverage(RulePaths content, FieldMapping mapping) {
    Placeholders values = values(content);
    RuleCoverage coverage = new RuleCoverage(values);
    content.rules().stream()
        .filter(rule -> !PlaceholderFile.isOne(rule))
        .forEach(rule -> coverage.add(rule.path(), rule.text()));
    List<RuleTestReport> reports = run(content, mapping, values, coverage);
    return new RuleTestRun(reports, Optional.of(coverage.soFar()));
  }

  private static Placeholders values(RulePaths content) {
    return Content.read(content.rules()).placeholders();
  }

  private static List<RuleTestReport> run(
      RulePaths content, FieldMapping mapping, Placeholders values, RuleCoverage coverage) {
    return content.tests().stream()
        .map(test -> RuleTests.run(test, content::rule, values, mapping, coverage))
        .toList();
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
