package dev.lockstep.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.coverage.CoveredDocument;
import dev.lockstep.coverage.RuleCoverage;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Placeholders;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule tests of correlations. */
final class RuleTestTimelinesTest {

  private static final String FAILED =
      """
      title: Failed
      name: failed
      id: f
      level: low
      logsource: { category: test }
      detection:
        selection: { result: failed }
        condition: selection
      """;

  private static final String SUCCEEDED = FAILED.replace("ailed", "ine").replace("id: f", "id: s");

  private static final String MANY =
      """
      ---
      title: Many
      name: many
      id: m
      level: high
      correlation:
        type: event_count
        rules: [failed]
        group-by: [user]
        timespan: 1m
        condition: { gte: 3 }
      """;

  private static final String AFTER_MANY =
      """
      ---
      title: Fine after many
      id: a
      correlation:
        type: temporal_ordered
        rules: [many, fine]
        group-by: [user]
        timespan: 5m
      """;

  private static final String SILENCE =
      """
      ---
      title: Silence
      id: q
      correlation:
        type: absence
        rules: [failed]
        group-by: [user]
        timespan: 10m
        generate: true
      """;

  private static final String BOB = "event: { result: failed, user: bob }";

  @Test
  void alertsComeWhenTheConditionBecomesTrueAndInEachGroupForItself() {
    assertPassed(
        FAILED + MANY,
        "- { at: 10s, " + BOB + ", repeat: 4, every: 10s }",
        "- { at: 0s, event: { result: failed, user: ann }, repeat: 2 }",
        "- { at: 1m, event: { result: failed, user: ann } }",
        "- { at: 1m, event: { result: fine, user: cid }, repeat: 9 }",
        "alerts:",
        "- { rule: m, at: 30s, count: 3, events: 3, level: high, group: { user: bob } }",
        "- { rule: Many, at: 60000ms, group: { user: ann } }");
  }

  @Test
  void eventsOutsideTheWindowDoNotCount() {
    assertPassed(
        FAILED + MANY,
        "- { at: 0s, " + BOB + ", repeat: 2 }",
        "- { at: 60001ms, " + BOB + " }",
        "alerts: []");
  }

  @Test
  void anEventWithoutAFieldOfTheGroupIsInNone() {
    assertPassed(
        FAILED + MANY,
        "- { at: 0s, event: { result: failed }, repeat: 5 }",
        "- { at: 0s, event: { result: failed, user: null }, repeat: 5 }",
        "alerts: []");
  }

  @Test
  void ofAFieldWithSeveralValuesTheFirstIsTheGroup() {
    assertPassed(
        FAILED + MANY,
        "- { at: 0s, event: { result: failed, user: [bob, ann] }, repeat: 2 }",
        "- { at: 1s, " + BOB + " }",
        "- { at: 1s, event: { result: failed, user: ann } }",
        "alerts:",
        "- { at: 1s, group: { user: bob } }");
  }

  @Test
  void theOrderOfTimeCountsAndNotThatOfWriting() {
    assertPassed(
        FAILED + "---\n" + SUCCEEDED + MANY + AFTER_MANY,
        "- { at: 3m, event: { result: fine, user: bob } }",
        "- { at: 1m, " + BOB + ", repeat: 3 }",
        "alerts:",
        "- { rule: a, at: 3m, count: 2 }");
    assertPassed(
        FAILED + "---\n" + SUCCEEDED + MANY + AFTER_MANY,
        "- { at: 1m, event: { result: fine, user: bob } }",
        "- { at: 3m, " + BOB + ", repeat: 3 }",
        "alerts: []");
  }

  @Test
  void whatCorrelationsReferToSendsNoAlertsUnlessTheySaySo() {
    assertThat(
            differences(
                FAILED + "---\n" + SUCCEEDED + MANY,
                "- { at: 0s, event: { result: fine, user: bob } }",
                "- { at: 1s, " + BOB + " }",
                "alerts: []"))
        .containsExactly("expected no other alert, but 'Fine' at 0s");
    assertThat(differences(FAILED + SILENCE, "- { at: 1s, " + BOB + " }", "alerts: []"))
        .containsExactly("expected no other alert, but 'Failed' at 1s");
  }

  @Test
  void timeGoesOnToTheLastPointAndNotBeyond() {
    assertPassed(
        FAILED + SILENCE,
        "- { at: 0s, " + BOB + " }",
        "- { at: 10m }",
        "alerts: [ { rule: f, at: 0s, level: low, events: 1 } ]");
    assertPassed(
        FAILED + SILENCE,
        "- { at: 0s, " + BOB + " }",
        "- { at: 600001ms }",
        "alerts: [ { rule: f, at: 0s }, { rule: q, at: 600001ms, count: 0 } ]");
  }

  @Test
  void repeatedEventsMayHaveTheirNumber() {
    assertPassed(
        FAILED + MANY.replace("event_count", "value_count").replace("gte", "field: host, gte"),
        "- { at: 0s, event: { result: failed, user: bob, host: 'h{{n}}' }, repeat: 3, every: 1s }",
        "alerts: [ { at: 2s, count: 3 } ]");
    assertPassed(
        FAILED + MANY.replace("event_count", "value_count").replace("gte", "field: host, gte"),
        "- { at: 0s, event: { result: failed, user: bob, host: 'h{{n}}' }, repeat: 2, every: 1s }",
        "- { at: 2s, event: { result: failed, user: bob, host: 'h{{n}}' } }",
        "- { at: 2s, event: { result: failed, user: bob, host: 'h{{n}}' } }",
        "alerts: [ { at: 2s, count: 3 } ]");
  }

  @Test
  void anEventThatSeveralRulesFindIsOne() {
    String other = FAILED.replace("ailed", "ull").replace("result: full", "result: failed");
    assertPassed(
        FAILED
            + "---\n"
            + other.replace("id: f", "id: o")
            + MANY.replace("[failed]", "[failed, full]"),
        "- { at: 0s, " + BOB + ", repeat: 2 }",
        "alerts: []");
  }

  @Test
  void correlationsForOtherCustomersFindNothing() {
    String acme = FAILED + MANY + "lockstep: { customers: { only: [acme] } }\n";
    assertPassed(acme, "- { at: 0s, " + BOB + ", repeat: 3 }", "alerts: []");
    assertPassed(
        acme, "- { at: 0s, " + BOB + ", repeat: 3 }", "customer: acme", "alerts: [ { at: 0s } ]");
  }

  @Test
  void fieldsHaveTheNamesThatTheMappingGivesThem() {
    FieldMapping mapping =
        FieldMapping.parse(
                List.of(new MappingDocument("m", "fields: { user: account.name, result: r }")))
            .mapping();
    RuleTestReport report =
        run(
            FAILED + MANY,
            mapping,
            new RuleCoverage(Placeholders.NONE),
            "- { at: 0s, event: { r: failed, account: { name: bob } }, repeat: 3 }",
            "alerts: [ { at: 0s, group: { user: bob } } ]");

    assertThat(report.passed()).as(report.toString()).isTrue();
  }

  @Test
  void saysWhatOfTheAlertsIsNotAsExpected() {
    assertThat(
            differences(
                FAILED + MANY,
                "- { at: 0s, " + BOB + ", repeat: 3 }",
                "- { at: 20m, " + BOB + ", repeat: 3 }",
                "- { at: 25m, " + BOB + ", repeat: 3 }",
                "alerts:",
                "- { at: 0s, count: 4, level: low, value: 7, events: 2, group: { user: ann, x: y } }",
                "- { at: 21m }",
                "- { at: 25m, count: 3 }",
                "- { at: 30m }"))
        .containsExactly(
            "count of alert 1: expected 4, was 3",
            "group.user of alert 1: expected 'ann', was 'bob'",
            "group.x of alert 1: expected 'y', was absent; there is 'user'",
            "level of alert 1: expected low, was high",
            "value of alert 1: expected 7, was absent",
            "events of alert 1: expected 2, was 3",
            "at of alert 2: expected 21m, was 20m",
            "alert 4: expected 'Many' at 30m, there was none");
    assertThat(differences(FAILED + MANY, "- { at: 90s, " + BOB + ", repeat: 3 }", "alerts: []"))
        .containsExactly("expected no other alert, but 'Many' at 90s, count 3, user = 'bob'");
  }

  @Test
  void alertsOfOneMomentAreToldApartByTheirGroup() {
    assertPassed(
        FAILED + MANY,
        "- { at: 0s, event: { result: failed, user: ann }, repeat: 3 }",
        "- { at: 0s, " + BOB + ", repeat: 3 }",
        "alerts: [ { at: 0s, group: { user: bob } }, { at: 0s, group: { user: ann } } ]");
  }

  @Test
  void comparesValuesAsNumbers() {
    String sum = MANY.replace("event_count", "value_sum").replace("gte: 3", "field: n, gte: 2.5");
    String event = "- { at: 0s, event: { result: failed, user: bob, n: 1.25 }, repeat: 2 }";
    assertPassed(FAILED + sum, event, "alerts: [ { at: 0s, value: 2.500 } ]");
    assertThat(differences(FAILED + sum, event, "alerts: [ { at: 0s, value: 2.4 } ]"))
        .containsExactly("value of alert 1: expected 2.4, was 2.50");
  }

  @Test
  void tellsWhatWasRaised() {
    RuleTestResult result =
        run(FAILED + MANY, "- { at: 5s, " + BOB + ", repeat: 3 }", "alerts: []").results().get(0);

    assertThat(result.matched()).isTrue();
    assertThat(result.rules()).containsExactly("m");
    assertThat(result.alerts()).extracting(RaisedAlert::atMillis).containsExactly(5000L);
    assertThat(result.test().events()).hasSize(3);
    assertThat(result.test().timeline().orElseThrow().events())
        .extracting(TimelineEvent::id)
        .containsExactly("e1", "e2", "e3");
  }

  @Test
  void reportsEverythingThatIsWrongWithATimelineAtItsPlace() {
    assertThat(
            issues(
                FAILED + MANY,
                "- { at: 90, event: [] }",
                "- { at: 0s, repeat: 3 }",
                "- { at: 0s, " + BOB + ", every: 1s }",
                "- { at: 0s, " + BOB + ", repeat: 0 }",
                "- { at: 0s, " + BOB + ", repeat: many, every: soon }",
                "- { at: 9999d, evnt: { } }",
                "- { event: { } }",
                "- { at: 0s, " + BOB + ", repeat: 99999, every: 1h }",
                "- now",
                "alerts:",
                "- { count: 3 }",
                "- { at: 0s, count: x, value: y, group: {}, level: none, evnts: 2 }"))
        .containsExactly(
            "t.test.yml:15:7: there is no 'at'",
            "t.test.yml:16:61: unknown key 'evnts'; there is rule, at, count, group, level,"
                + " value, events",
            "t.test.yml:16:24: 'count' is a whole number, not 'x'",
            "t.test.yml:16:44: 'group' must be a map of at least one field and its value",
            "t.test.yml:16:55: 'none' is no level; there is informational, low, medium,"
                + " high, critical",
            "t.test.yml:16:34: 'value' is a number, not 'y'",
            "t.test.yml:5:13: 'at' is a whole number and ms, s, m, h, d or w, such as 90s,"
                + " not '90'",
            "t.test.yml:5:24: 'event' must be a map of fields",
            "t.test.yml:6:25: 'repeat' is of an 'event', and there is none",
            "t.test.yml:7:62: 'every' is of a 'repeat', and there is none",
            "t.test.yml:8:63: 'repeat' is from 1 to 100000",
            "t.test.yml:9:63: 'repeat' is a whole number, not 'many'",
            "t.test.yml:9:76: 'every' is a whole number and ms, s, m, h, d or w, such as"
                + " 90s, not 'soon'",
            "t.test.yml:10:20: unknown key 'evnt'; there is at, event, repeat, every",
            "t.test.yml:10:13: 'at' is at most 3650d",
            "t.test.yml:11:7: there is no 'at'",
            "t.test.yml:12:7: the repetitions take too long",
            "t.test.yml:13:7: a point in time is a map of at, event, repeat, every");
  }

  @Test
  void reportsWhatATimelineCannotHaveBesideIt() {
    assertThat(
            issues(
                FAILED + MANY,
                "- { at: 0s }",
                "event: { a: b }",
                "match: true",
                "expect: { level: low }"))
        .containsExactly(
            "t.test.yml:6:10: 'event' has no meaning beside a 'timeline'; it has 'alerts'",
            "t.test.yml:7:10: 'match' has no meaning beside a 'timeline'; it has 'alerts'",
            "t.test.yml:8:11: 'expect' has no meaning beside a 'timeline'; it has 'alerts'",
            "t.test.yml:3:3: there is no 'alerts'");
    assertThat(issues(FAILED + MANY, "alerts: {}"))
        .containsExactly(
            "t.test.yml:5:11: 'alerts' must be a list, [] if there are none",
            "t.test.yml:4:12: 'timeline' must be a list of at least one point in time");
    assertThat(
            run(FAILED, FieldMapping.NONE, new RuleCoverage(Placeholders.NONE)).issues().stream()
                .map(Issue::toString))
        .containsExactly(
            "t.test.yml:3:3: there is no 'alerts'",
            "t.test.yml:4:12: 'timeline' must be a list of at least one point in time");
  }

  @Test
  void reportsAlertsWhoseRuleIsNotClear() {
    String both = FAILED + "---\n" + SUCCEEDED + MANY;
    assertThat(
            issues(
                both,
                "- { at: 0s }",
                "alerts:",
                "- { at: 0s }",
                "- { at: 0s, rule: nothing }",
                "- { at: 0s, rule: failed }",
                "- { at: 0s, rule: fine, count: 3 }"))
        .containsExactly(
            "t.test.yml:7:7: 'rule' must say whose alert it is; there is 'Fine', 'Many'",
            "t.test.yml:8:23: there is no rule 'nothing' in r.yml; there is 'Fine', 'Many'",
            "t.test.yml:9:23: 'failed' sends no alerts: correlations refer to it, and none"
                + " says 'generate: true'",
            "t.test.yml:10:7: 'Fine' is no correlation: its alerts have no count, value or group");
    assertThat(
            issues(
                FAILED + MANY + MANY.replace("id: m", "id: n").replace("name: many", "name: n"),
                "- { at: 0s }",
                "alerts: [ { at: 0s, rule: Many } ]"))
        .containsExactly("t.test.yml:6:29: 2 rules are called 'Many'; write the id");
  }

  @Test
  void reportsAReferenceToARuleOfAnotherFile() {
    assertThat(issues(MANY.substring(4), "- { at: 0s, " + BOB + " }", "alerts: []"))
        .containsExactly(
            "r.yml:7:11: there is no rule 'failed'; a test with a timeline sees this file only");
  }

  @Test
  void theEventsOfATimelineCountForCoverageAndSoDoesWhatItFinds() {
    RuleCoverage coverage = new RuleCoverage(Placeholders.NONE);
    coverage.add("r.yml", FAILED + MANY);
    assertThat(coverage.soFar()).extracting(CoveredDocument::tested).containsExactly(false, false);

    run(FAILED + MANY, FieldMapping.NONE, coverage, "- { at: 0s, " + BOB + " }", "alerts: []");
    assertThat(coverage.soFar()).extracting(CoveredDocument::tested).containsExactly(true, true);
    assertThat(coverage.soFar()).extracting(CoveredDocument::exercised).containsExactly(0L, 0L);
    assertThat(coverage.soFar().get(1).parts().get(0).seenFalse()).isTrue();

    run(
        FAILED + MANY,
        FieldMapping.NONE,
        coverage,
        "- { at: 0s, " + BOB + ", repeat: 3 }",
        "- { at: 0s, event: { result: fine } }",
        "alerts: []");
    assertThat(coverage.soFar())
        .allSatisfy(document -> assertThat(document.exercised()).isEqualTo(document.total()));
  }

  private void assertPassed(String rules, String... lines) {
    RuleTestReport report = run(rules, lines);
    assertThat(report.issues()).isEmpty();
    assertThat(report.results())
        .hasSize(1)
        .allSatisfy(result -> assertThat(result.passed()).as(result.explanation()).isTrue());
  }

  private List<String> differences(String rules, String... lines) {
    RuleTestReport report = run(rules, lines);
    assertThat(report.issues()).isEmpty();
    return report.results().stream().flatMap(result -> result.sentences().stream()).toList();
  }

  private List<String> issues(String rules, String... lines) {
    RuleTestReport report = run(rules, lines);
    assertThat(report.results()).isEmpty();
    return report.issues().stream().map(Issue::toString).toList();
  }

  private static RuleTestReport run(String rules, String... lines) {
    return run(rules, FieldMapping.NONE, new RuleCoverage(Placeholders.NONE), lines);
  }

  /** Lines that begin with a dash go on with the list before them: of points, then of alerts. */
  private static RuleTestReport run(
      String rules, FieldMapping mapping, RuleCoverage coverage, String... lines) {
    StringBuilder text = new StringBuilder("rule: r.yml\ncases:\n- name: n\n  timeline:\n");
    for (String line : lines) {
      text.append(line.startsWith("-") ? "    " : "  ").append(line).append('\n');
    }
    return RuleTests.run(
        new RuleDocument("t.test.yml", text.toString()),
        path -> Optional.of(new RuleDocument(path, rules)),
        Placeholders.NONE,
        mapping,
        coverage);
  }
}
