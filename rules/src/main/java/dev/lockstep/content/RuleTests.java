package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.coverage.EventWatch;
import dev.lockstep.coverage.RuleCoverage;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.FilteredRules;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Judges the events of test files by the rules that the files name. */
public final class RuleTests {

  private RuleTests() {}

  /** Runs one test file of rules without placeholders. */
  public static RuleTestReport run(
      RuleDocument test, Function<String, Optional<RuleDocument>> content) {
    return run(test, content, Placeholders.NONE);
  }

  /**
   * Runs one test file with a program of the rules of the one file that it names. Of filters those
   * of this file take part and no other: what a test says must not depend on other files.
   *
   * @param content finds a document by its path within the content
   */
  public static RuleTestReport run(
      RuleDocument test,
      Function<String, Optional<RuleDocument>> content,
      Placeholders placeholders) {
    return run(test, content, placeholders, FieldMapping.NONE);
  }

  /**
   * Runs one test file with its rules under the mapping that the file names, or else under {@code
   * mapping}.
   *
   * @param content finds a document by its path within the content
   */
  public static RuleTestReport run(
      RuleDocument test,
      Function<String, Optional<RuleDocument>> content,
      Placeholders placeholders,
      FieldMapping mapping) {
    return run(test, content, placeholders, mapping, new RuleCoverage(placeholders));
  }

  /** Does so, and shows each event to what watches over the coverage of the rules. */
  public static RuleTestReport run(
      RuleDocument test,
      Function<String, Optional<RuleDocument>> content,
      Placeholders placeholders,
      FieldMapping mapping,
      RuleCoverage coverage) {
    YamlIssues issues = new YamlIssues(test.path());
    Optional<RuleTestFile> file = RuleTestFileReader.read(test.text(), issues);
    if (file.isEmpty()) {
      return new RuleTestReport(test.path(), issues.reported(), List.of());
    }
    String rulePath = beside(test.path(), file.get().rule());
    Optional<RuleDocument> rule = content.apply(rulePath);
    if (rule.isEmpty()) {
      Issue issue = issues.at(file.get().rulePosition(), "there is no rule file " + rulePath);
      return new RuleTestReport(test.path(), List.of(issue), List.of());
    }
    ParsedDocuments parsed = SigmaParser.parse(rulePath, rule.get().text(), placeholders);
    if (!parsed.issues().isEmpty()) {
      return new RuleTestReport(test.path(), parsed.issues(), List.of());
    }
    if (parsed.rules().isEmpty()) {
      Issue issue = issues.at(file.get().rulePosition(), "there is no rule in " + rulePath);
      return new RuleTestReport(test.path(), List.of(issue), List.of());
    }
    Expectations expectations = new Expectations(rulePath, parsed.rules());
    List<Issue> unclear =
        file.get().cases().stream()
            .flatMap(one -> expectations.issues(one, issues).stream())
            .distinct()
            .toList();
    if (!unclear.isEmpty()) {
      return new RuleTestReport(test.path(), unclear, List.of());
    }
    FieldMapping own = file.get().mapping().orElse(mapping);
    List<SigmaRule> filtered = FilteredRules.of(parsed.rules(), parsed.filters());
    RuleProgram program = RuleProgram.compile(own.apply(filtered));
    EventWatch watch = coverage.of(rulePath, own);
    file.get().cases().forEach(one -> watch.sees(one.event(), one.customer()));
    return new RuleTestReport(
        test.path(),
        List.of(),
        file.get().cases().stream().map(one -> judge(program, one, expectations)).toList());
  }

  private static String beside(String testPath, String rule) {
    return testPath.substring(0, testPath.lastIndexOf('/') + 1) + rule;
  }

  private static RuleTestResult judge(
      RuleProgram program, RuleTestCase test, Expectations expectations) {
    try {
      MatchResult result = program.judge(test.event().getBytes(UTF_8), test.customer());
      Optional<String> problem =
          result.faults().stream().findFirst().map(fault -> "the rule failed: " + fault.cause());
      return problem.isPresent()
          ? new RuleTestResult(test, result.matches(), List.of(), problem.get())
          : new RuleTestResult(
              test,
              result.matches(),
              expectations.differences(test.expected(), result.matches()),
              "");
    } catch (MalformedEventException e) {
      return new RuleTestResult(
          test, List.of(), List.of(), "the event cannot be read: " + e.getMessage());
    }
  }
}
