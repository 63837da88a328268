package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.correlation.CorrelationLinks;
import dev.lockstep.correlation.CorrelationPlan;
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
import java.util.ArrayList;
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
    boolean hasTimelines = file.get().cases().stream().anyMatch(one -> one.timeline().isPresent());
    if (parsed.rules().isEmpty() && !(hasTimelines && !parsed.correlations().isEmpty())) {
      Issue issue = issues.at(file.get().rulePosition(), "there is no rule in " + rulePath);
      return new RuleTestReport(test.path(), List.of(issue), List.of());
    }
    List<Issue> unlinked = hasTimelines ? unlinked(parsed, rulePath) : List.of();
    if (!unlinked.isEmpty()) {
      return new RuleTestReport(test.path(), unlinked, List.of());
    }
    CorrelationPlan plan =
        hasTimelines
            ? CorrelationPlan.of(parsed.rules(), parsed.correlations(), RuleMeaning::ofQuestion)
            : CorrelationPlan.NONE;
    Expectations expectations = new Expectations(rulePath, parsed.rules());
    AlertingRules alerting = new AlertingRules(rulePath, parsed.rules(), plan);
    List<Issue> unclear =
        file.get().cases().stream()
            .flatMap(
                one ->
                    one
                        .timeline()
                        .map(timeline -> alerting.issues(timeline, issues))
                        .orElseGet(() -> expectations.issues(one, issues))
                        .stream())
            .distinct()
            .toList();
    if (!unclear.isEmpty()) {
      return new RuleTestReport(test.path(), unclear, List.of());
    }
    FieldMapping own = file.get().mapping().orElse(mapping);
    List<SigmaRule> judging =
        FilteredRules.of(parsed.rules(), parsed.filters()).stream().map(plan::capturing).toList();
    RuleProgram program = RuleProgram.compile(own.apply(judging));
    EventWatch watch = coverage.of(rulePath, own);
    TimelineJudge timelines = new TimelineJudge(program, plan, alerting);
    List<RuleTestResult> results = new ArrayList<>();
    for (RuleTestCase one : file.get().cases()) {
      one.events().forEach(event -> watch.sees(event, one.customer()));
      results.add(
          one.timeline()
              .map(
                  timeline ->
                      timelines.judge(one, timeline, found -> coverage.saw(rulePath, found)))
              .orElseGet(() -> judge(program, one, expectations)));
    }
    return new RuleTestReport(test.path(), List.of(), results);
  }

  /** What correlations refer to has to be in their file: of others, a test knows nothing. */
  private static List<Issue> unlinked(ParsedDocuments parsed, String path) {
    CorrelationLinks links = new CorrelationLinks(parsed.rules(), parsed.correlations());
    return parsed.correlations().stream()
        .flatMap(correlation -> links.issuesOf(correlation, path).stream())
        .map(
            issue ->
                new Issue(
                    issue.file(),
                    issue.line(),
                    issue.column(),
                    issue.message() + "; a test with a timeline sees this file only"))
        .toList();
  }

  private static String beside(String testPath, String rule) {
    return testPath.substring(0, testPath.lastIndexOf('/') + 1) + rule;
  }

  private static RuleTestResult judge(
      RuleProgram program, RuleTestCase test, Expectations expectations) {
    try {
      MatchResult result = program.judge(test.events().get(0).getBytes(UTF_8), test.customer());
      Optional<String> problem =
          result.faults().stream().findFirst().map(fault -> "the rule failed: " + fault.cause());
      return problem.isPresent()
          ? new RuleTestResult(test, result.matches(), List.of(), List.of(), problem.get())
          : new RuleTestResult(
              test,
              result.matches(),
              List.of(),
              expectations.differences(test.expected(), result.matches()),
              "");
    } catch (MalformedEventException e) {
      return new RuleTestResult(
          test, List.of(), List.of(), List.of(), "the event cannot be read: " + e.getMessage());
    }
  }
}
