package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.coverage.RuleCoverage;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.ShippedMappings;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.Placeholders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The detections in {@code rules/content} give the answers that stand beside them. */
final class ShippedContentTest {
  private static final Path CONTENT = Path.of("content");
  private static final Path DEMO = Path.of("../job/src/main/resources/demo");
  private static final String CUSTOMER = "test";

  private static ContentDirectory content;

  /** The rules that send alerts of their own. */
  private static RuleProgram program;

  @BeforeAll
  static void readContent() throws IOException {
    content = ContentDirectory.read(CONTENT);
    Content read = Content.read(content.rules());
    CorrelationPlan plan = read.correlationPlan();
    program =
        RuleProgram.compile(
            read.rules().stream().filter(rule -> !plan.isSilent(rule.id())).toList());
  }

  @TestFactory
  Stream<DynamicNode> everyCaseGivesTheExpectedAnswer() {
    return content.tests().stream().map(ShippedContentTest::casesOf);
  }

  /** A detection finds the events of its folder under the mapping for them, too. */
  @ParameterizedTest
  @CsvSource({"aws, aws-cloudtrail", "web, web", "zeek, zeek"})
  void everyCaseGivesTheExpectedAnswerUnderAMapping(String folder, String name) {
    FieldMapping mapping =
        FieldMapping.parse(List.of(ShippedMappings.named(name).orElseThrow())).mapping();
    List<RuleTestReport> reports =
        content.tests().stream()
            .filter(test -> test.path().startsWith(folder + "/"))
            .map(test -> RuleTests.run(test, content::rule, Placeholders.NONE, mapping))
            .toList();
    assertThat(reports).isNotEmpty();
    assertThat(reports)
        .allSatisfy(
            report ->
                assertThat(report.results())
                    .as(report.file())
                    .filteredOn(result -> !result.passed())
                    .isEmpty());
  }

  @Test
  void noRuleHasAnIssue() {
    assertThat(Content.read(content.rules()).issues()).isEmpty();
    assertThat(program.rules()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(Content.read(content.rules()).correlations()).hasSizeGreaterThanOrEqualTo(21);
  }

  @Test
  void everyRuleHasItsTestsBesideItAndTheOtherWayRound() {
    assertThat(content.tests().stream().map(RuleDocument::path))
        .containsExactlyInAnyOrderElementsOf(
            content.rules().stream()
                .map(rule -> rule.path().replaceFirst("\\.yml$", ".test.yml"))
                .toList());
  }

  @Test
  void everyRuleHasTwoCasesOfEachAnswer() {
    for (RuleDocument test : content.tests()) {
      List<RuleTestResult> results = RuleTests.run(test, content::rule).results();
      assertThat(results.stream().filter(result -> result.test().expected().match()))
          .as("cases of %s that must match", test.path())
          .hasSizeGreaterThanOrEqualTo(2);
      assertThat(results.stream().filter(result -> !result.test().expected().match()))
          .as("cases of %s that must not match", test.path())
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void everyPartOfEveryRuleIsTrueInOneCaseAndFalseInAnother() {
    RuleCoverage coverage = new RuleCoverage(Placeholders.NONE);
    content.rules().forEach(rule -> coverage.add(rule.path(), rule.text()));
    for (RuleDocument test : content.tests()) {
      RuleTests.run(test, content::rule, Placeholders.NONE, FieldMapping.NONE, coverage);
    }
    assertThat(coverage.soFar()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(
            coverage.soFar().stream()
                .flatMap(rule -> rule.gaps().map(part -> rule.file() + ": " + part)))
        .isEmpty();
  }

  /** An event that is built for one rule, and raises another, says that the rules overlap. */
  @Test
  void noRuleMatchesAnEventOfAnotherRulesTests() throws MalformedEventException {
    List<String> overlaps = new ArrayList<>();
    for (RuleDocument test : content.tests()) {
      RuleDocument rule =
          content.rule(test.path().replaceFirst("\\.test\\.yml$", ".yml")).orElseThrow();
      List<String> own = RuleFile.parse(rule, Placeholders.NONE).statusKeys();
      for (RuleTestResult result : RuleTests.run(test, content::rule).results()) {
        for (String event : result.test().events()) {
          for (String id : matches(event)) {
            if (!own.contains(id)) {
              overlaps.add("%s, '%s': %s".formatted(test.path(), result.test().name(), id));
            }
          }
        }
      }
    }
    assertThat(overlaps).isEmpty();
  }

  @Test
  void benignDemoRecordsRaiseNothing() throws Exception {
    int line = 0;
    for (String event : Files.readAllLines(DEMO.resolve("benign.ndjson"))) {
      line++;
      assertThat(matches(event)).as("benign.ndjson:%d", line).isEmpty();
    }
  }

  @Test
  void eachHostileDemoRecordRaisesExactlyTheRuleThatItNames() throws Exception {
    TreeMap<String, Integer> raised = new TreeMap<>();
    int line = 0;
    for (String event : Files.readAllLines(DEMO.resolve("hostile.ndjson"))) {
      line++;
      String expected = topLevelText(event, "demo_expect");
      assertThat(matches(event)).as("hostile.ndjson:%d", line).containsExactly(expected);
      raised.merge(expected, 1, Integer::sum);
    }
    assertThat(raised).as("rules that the demo shows").hasSize(program.rules().size());
  }

  private static DynamicNode casesOf(RuleDocument test) {
    URI source = content.fileOf(test.path()).toUri();
    RuleTestReport report = RuleTests.run(test, content::rule);
    Stream<DynamicNode> nodes =
        report.issues().isEmpty()
            ? report.results().stream()
                .map(result -> dynamicTest(result.test().name(), source, () -> check(result)))
            : Stream.of(dynamicTest("is sound", source, () -> fail(report.issues().toString())));
    return dynamicContainer(test.path(), source, nodes);
  }

  private static void check(RuleTestResult result) {
    assertThat(result.passed())
        .as("line %d: %s", result.test().position().line(), result.explanation())
        .isTrue();
  }

  private static List<String> matches(String event) throws MalformedEventException {
    MatchResult result = program.judge(event.getBytes(UTF_8), CUSTOMER);
    assertThat(result.faults()).isEmpty();
    return result.matches().stream().map(match -> match.rule().id()).toList();
  }

  private static String topLevelText(String event, String name) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(event)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean wanted = parser.currentName().equals(name);
        parser.nextToken();
        if (wanted) {
          return parser.getText();
        }
        parser.skipChildren();
      }
      return fail("no " + name + " in " + event);
    }
  }
}
