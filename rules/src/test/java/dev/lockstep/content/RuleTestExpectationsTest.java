package dev.lockstep.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.Issue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a case may expect beside a match. */
final class RuleTestExpectationsTest {
  private static final String ONE =
      """
      title: One
      id: r1
      name: first
      level: high
      tags: [attack.t1059, attack.execution]
      logsource: { product: test }
      detection:
        s: { Image|endswith: '.exe', User: root }
        condition: s
      """;
  private static final String TWO =
      """
      title: Two
      id: r2
      logsource: { product: test }
      lockstep: { stage: shadow }
      detection:
        s: { User: root }
        condition: s
      """;
  private static final String BOTH_MATCH = "event: { Image: a.exe, User: root }";

  private final Map<String, RuleDocument> content =
      Map.of(
          "one.yml", new RuleDocument("one.yml", ONE),
          "both.yml", new RuleDocument("both.yml", ONE + "---\n" + TWO));

  @Test
  void anAlertThatIsAsExpectedPasses() {
    assertThat(
            differences(
                "one.yml",
                BOTH_MATCH,
                "expect:",
                "  matched_fields: { User: root }",
                "  level: high",
                "  title: One",
                "  tags: [attack.execution]",
                "  rule: r1",
                "  stage: live"))
        .isEmpty();
  }

  @Test
  void eachKeyThatDiffersIsSaidWithBothValues() {
    assertThat(
            differences(
                "one.yml",
                BOTH_MATCH,
                "match: true",
                "expect:",
                "  matched_fields: { Image: b.exe, CommandLine: x, User: root }",
                "  level: low",
                "  title: Other",
                "  tags: [attack.execution, attack.t1]",
                "  stage: shadow"))
        .containsExactly(
            "matched_fields.Image: expected 'b.exe', was 'a.exe'",
            "matched_fields.CommandLine: expected 'x', was absent; there is 'Image', 'User'",
            "level: expected low, was high",
            "title: expected 'Other', was 'One'",
            "tags: expected 'attack.t1', was 'attack.t1059', 'attack.execution'",
            "stage: expected shadow, was live");
  }

  @Test
  void aLevelThatTheRuleDoesNotHaveIsAbsent() {
    assertThat(differences("both.yml", BOTH_MATCH, "expect: { rule: r2, level: low }"))
        .containsExactly("level: expected low, was absent");
  }

  @Test
  void anExpectedAlertMeansThatThereMustBeOne() {
    assertThat(differences("one.yml", "event: { User: me }", "expect: { level: high }"))
        .containsExactly("expected a match, there was none");
    assertThat(
            differences("both.yml", "event: { User: root }", "expect: { rule: One, level: high }"))
        .containsExactly("rule: expected 'One', was 'Two'");
  }

  @Test
  void aMatchByNamesIsOfThoseRulesAndNoOther() {
    assertThat(differences("both.yml", BOTH_MATCH, "match: [r1, Two]")).isEmpty();
    assertThat(differences("both.yml", "event: { User: root }", "match: [r2]")).isEmpty();
    assertThat(differences("both.yml", BOTH_MATCH, "match: [first]"))
        .containsExactly("match: expected 'One', was 'One', 'Two'");
    assertThat(differences("both.yml", "event: { User: root }", "match: [r1, r2]"))
        .containsExactly("match: expected 'One', 'Two', was 'Two'");
    assertThat(differences("both.yml", "event: { User: me }", "match: [r1]"))
        .containsExactly("match: expected 'One', was none");
  }

  @Test
  void theOneRuleThatMustMatchIsTheOneWhoseAlertIsMeant() {
    assertThat(
            differences(
                "both.yml", "event: { User: root }", "match: [r2]", "expect: { stage: live }"))
        .containsExactly("stage: expected live, was shadow");
  }

  @Test
  void ofSeveralRulesThatShouldNotMatchTheOnesThatDoAreNamed() {
    assertThat(differences("both.yml", "event: { User: root }", "match: false"))
        .containsExactly("expected no match, but 'Two' matched on User = 'root'");
  }

  @Test
  void eachOfSeveralEventsIsACaseOfItsOwn() {
    RuleTestReport report =
        run(
            "one.yml",
            "events:",
            "  - { Image: a.exe, User: root }",
            "  - { Image: a.dll, User: root }",
            "match: true");

    assertThat(report.results())
        .extracting(result -> result.test().name() + ": " + result.explanation())
        .containsExactly(
            "n (event 1 of 2): as expected", "n (event 2 of 2): expected a match, there was none");
    assertThat(report.results().get(1).test().position().line()).isEqualTo(6);
  }

  @Test
  void aSingleEventOfAListHasTheNameOfTheCase() {
    assertThat(run("one.yml", "events: [{ User: me }]", "match: false").results())
        .extracting(result -> result.test().name())
        .containsExactly("n");
  }

  @Test
  void whatCannotBeExpectedIsReportedAtItsPlace() {
    assertThat(
            issues(
                "one.yml",
                "event: { a: b }",
                "expect:",
                "  level: severe",
                "  stage: dark",
                "  lane: live",
                "  title: [x]",
                "  tags: attack",
                "  matched_fields: { a: [1], b: null }"))
        .containsExactly(
            "t.test.yml:8:5: unknown key 'lane'; there is rule, matched_fields, level, title, tags,"
                + " stage",
            "t.test.yml:11:26: a field of 'matched_fields' has one value: a text, a number or a boolean",
            "t.test.yml:11:34: a field of 'matched_fields' has one value: a text, a number or a boolean",
            "t.test.yml:6:12: 'severe' is no level; there is informational, low, medium, high,"
                + " critical",
            "t.test.yml:9:12: 'title' must be a text",
            "t.test.yml:10:11: 'tags' must be a list of at least one tag",
            "t.test.yml:7:12: 'dark' is no stage; there is live, shadow");
  }

  @Test
  void anExpectationWithoutMeaningIsReported() {
    assertThat(issues("one.yml", "event: { a: b }", "expect: {}"))
        .containsExactly(
            "t.test.yml:5:11: 'expect' says nothing; there is rule, matched_fields, level, title,"
                + " tags, stage");
    assertThat(issues("one.yml", "event: { a: b }", "match: false", "expect: { level: high }"))
        .containsExactly(
            "t.test.yml:6:11: 'expect' is about an alert, and 'match: false' means none");
    assertThat(issues("one.yml", "event: { a: b }", "match: []"))
        .containsExactly(
            "t.test.yml:5:10: 'match' must be true, false or a list of the rules that match");
    assertThat(issues("one.yml", "event: { a: b }", "match: [r1, { a: b }]"))
        .containsExactly("t.test.yml:5:15: an entry of 'match' must be a text");
    assertThat(issues("one.yml", "event: { a: b }"))
        .containsExactly("t.test.yml:3:3: there is no 'match'");
  }

  @Test
  void aRuleThatIsNotInTheFileIsReported() {
    assertThat(issues("both.yml", "event: { a: b }", "match: [r3]", "expect: { rule: r4 }"))
        .containsExactly(
            "t.test.yml:5:11: there is no rule 'r3' in both.yml; there is 'One', 'Two'",
            "t.test.yml:6:19: there is no rule 'r4' in both.yml; there is 'One', 'Two'");
    assertThat(issues("both.yml", "event: { a: b }", "match: [r1]", "expect: { rule: r2 }"))
        .containsExactly("t.test.yml:6:19: 'match' does not have the rule 'r2'");
  }

  @Test
  void ofSeveralRulesTheOneWhoseAlertIsMeantMustBeSaid() {
    assertThat(issues("both.yml", "event: { a: b }", "expect: { level: high }"))
        .containsExactly(
            "t.test.yml:5:11: 'expect' must say whose alert it means; there is 'One', 'Two'");
  }

  @Test
  void eventAndEventsExcludeOneAnother() {
    assertThat(issues("one.yml", "event: { a: b }", "events: [{ a: b }]", "match: true"))
        .containsExactly("t.test.yml:5:11: there is an 'event' as well; write one of the two");
    assertThat(issues("one.yml", "events: { a: b }", "match: true"))
        .containsExactly("t.test.yml:4:11: 'events' must be a list of at least one event");
  }

  private List<String> differences(String rule, String... lines) {
    RuleTestReport report = run(rule, lines);
    assertThat(report.issues()).isEmpty();
    return report.results().stream()
        .flatMap(result -> result.differences().stream())
        .map(Difference::sentence)
        .toList();
  }

  private List<String> issues(String rule, String... lines) {
    RuleTestReport report = run(rule, lines);
    assertThat(report.results()).isEmpty();
    return report.issues().stream().map(Issue::toString).toList();
  }

  private RuleTestReport run(String rule, String... lines) {
    String text = "rule: " + rule + "\ncases:\n- name: n\n  " + String.join("\n  ", lines);
    return RuleTests.run(
        new RuleDocument("t.test.yml", text), path -> Optional.ofNullable(content.get(path)));
  }
}
