package dev.lockstep.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Placeholders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RuleTestsTest {
  private static final String CASE = "rule: r.yml\ncases:\n- name: n\n";

  private final Map<String, RuleDocument> content =
      Map.of(
          "d/r.yml", Rules.file("d/r.yml", "r", "17"),
          "d/broken.yml", Rules.broken("d/broken.yml", "b"),
          "d/text.yml", Rules.file("d/text.yml", "t", "'*'"),
          "d/acme.yml",
              new RuleDocument(
                  "d/acme.yml",
                  Rules.text("a", "17") + "lockstep: { customers: { only: [acme] } }\n"));

  @Test
  void judgesEveryCaseByTheRuleBesideTheTest() {
    RuleTestReport report =
        run(
            """
            rule: r.yml
            cases:
              - { name: as a number, event: { field: 17 }, match: true }
              - { name: as text, event: { field: '17' }, match: true }
              - { name: another, event: { field: 18 }, match: false }
            """);

    assertThat(report.passed()).isTrue();
    assertThat(report.results())
        .extracting(result -> result.test().name())
        .containsExactly("as a number", "as text", "another");
    assertThat(report.results().get(0).matchedFields()).containsExactly(Map.entry("field", "17"));
  }

  @Test
  void saysWhatWasExpectedAndWhatHappened() {
    RuleTestReport report =
        run(
            """
            rule: r.yml
            cases:
              - { name: one, event: { field: 17 }, match: false }
              - { name: two, event: { field: 18 }, match: true }
            """);

    assertThat(report.passed()).isFalse();
    assertThat(report.results())
        .extracting(RuleTestResult::explanation)
        .containsExactly(
            "expected no match, but the rule matched on field = '17'",
            "expected a match, there was none");
  }

  @Test
  void judgesAsTheEventOfTheCasesCustomer() {
    RuleTestReport report =
        run(
            """
            rule: acme.yml
            cases:
              - { name: hers, customer: acme, event: { field: 17 }, match: true }
              - { name: nobody's, event: { field: 17 }, match: false }
            """);

    assertThat(report.passed()).isTrue();
  }

  @Test
  void writesEventsAsASenderWould() {
    String event =
        eventOf(
            """
            {a: 'x"\\', b: 1.50, c: true, d: null, e: [1, {f: yes}], g: 0x17, h: '5', i: -1e3,
             j: ~, k: 007, l: .inf, 'm.n': 12345678901234567890, "o\\n": !!str 5}
            """);

    assertThat(event)
        .isEqualTo(
            """
            {"a":"x\\"\\\\","b":1.50,"c":true,"d":null,"e":[1,{"f":"yes"}],"g":"0x17","h":"5",\
            "i":-1e3,"j":null,"k":"007","l":".inf","m.n":12345678901234567890,"o\\n":"5"}""");
  }

  @Test
  void readsAliasesAsTheValueThatTheyStandFor() {
    assertThat(eventOf("{a: &x {b: 1}, c: *x}")).isEqualTo("{\"a\":{\"b\":1},\"c\":{\"b\":1}}");
  }

  @Test
  void reportsEverythingThatIsWrongAtItsPlace() {
    assertThat(
            issues(
                """
                rule: r.yml
                case: []
                cases:
                  - name: one
                    event: [1]
                    match: maybe
                    because: x
                  - event: { a: 1, a: 2, b: !thing 3 }
                    match: true
                  - not a case
                """))
        .containsExactly(
            "d/r.test.yml:2:1: unknown key 'case'; there is rule, mapping, cases",
            "d/r.test.yml:7:5: unknown key 'because'; there is name, event, events, match,"
                + " customer, expect, timeline, alerts",
            "d/r.test.yml:5:12: 'event' must be a map of fields",
            "d/r.test.yml:6:12: 'match' must be true, false or a list of the rules that match",
            "d/r.test.yml:8:5: there is no 'name'",
            "d/r.test.yml:8:20: the field 'a' is there already",
            "d/r.test.yml:8:29: the tag !thing has no meaning in an event",
            "d/r.test.yml:10:5: a case is a map of name, event, events, match, customer, expect,"
                + " timeline, alerts");
  }

  @Test
  void judgesUnderTheMappingThatTheFileNamesElseUnderTheOneGiven() {
    String cases =
        """
        rule: r.yml
        cases:
          - { name: stated, event: { product: test, field: 17 }, match: true }
          - { name: not stated, event: { field: 17 }, match: false }
        """;
    FieldMapping renaming =
        FieldMapping.parse(List.of(new MappingDocument("m", "fields: { field: other }"))).mapping();

    assertThat(run(cases).results()).extracting(RuleTestResult::passed).contains(false);
    assertThat(run(cases + "mapping: stated\n").passed()).isTrue();
    assertThat(run(cases + "mapping: stated\n", renaming).passed()).isTrue();
    assertThat(run(CASE + "  event: { other: 17 }\n  match: true", renaming).passed()).isTrue();
  }

  @Test
  void reportsAMappingThatDoesNotShip() {
    assertThat(issues(CASE + "  event: {}\n  match: true\nmapping: windows"))
        .containsExactly(
            "d/r.test.yml:6:10: there is no mapping 'windows'; there is aws-cloudtrail,"
                + " linux-auditd, linux-sysmon, stated, web, windows-evtx, windows-flat,"
                + " windows-winlogbeat, zeek");
  }

  @Test
  void reportsWhatIsMissing() {
    assertThat(issues("cases: []"))
        .containsExactly(
            "d/r.test.yml:1:1: there is no 'rule'",
            "d/r.test.yml:1:8: 'cases' must be a list of at least one case");
    assertThat(issues("rule: r.yml")).containsExactly("d/r.test.yml:1:1: there is no 'cases'");
    assertThat(issues("")).containsExactly("d/r.test.yml:1:1: there is no document in this file");
    assertThat(issues(CASE + "  match: true"))
        .containsExactly("d/r.test.yml:3:3: there is neither 'event' nor 'events'");
  }

  @Test
  void reportsARuleFileThatIsNotThere() {
    assertThat(issues("rule: none.yml\ncases: [{name: n, event: {}, match: true}]"))
        .containsExactly("d/r.test.yml:1:7: there is no rule file d/none.yml");
  }

  @Test
  void judgesByTheFiltersOfTheSameFileAndNoOther() {
    RuleDocument test =
        new RuleDocument(
            "a.test.yml",
            """
            rule: a.yml
            cases:
              - {name: held, event: {field: a, other: x}, match: false}
              - {name: not held, event: {field: a, other: y}, match: true}
            """);
    Map<String, RuleDocument> files =
        Map.of(
            "a.yml",
            new RuleDocument(
                "a.yml", Rules.text("r", "a") + "---\n" + Rules.filterText("f", "r", "x")),
            "b.yml",
            new RuleDocument("b.yml", Rules.filterText("g", "r", "y")));

    assertThat(RuleTests.run(test, path -> Optional.ofNullable(files.get(path))).passed()).isTrue();
  }

  @Test
  void reportsAFileOfFiltersWithoutARule() {
    RuleDocument test =
        new RuleDocument(
            "a.test.yml", "rule: a.yml\ncases: [{name: n, event: {a: b}, match: false}]\n");

    RuleTestReport report =
        RuleTests.run(test, path -> Optional.of(Rules.filter(path, "f", "any")));

    assertThat(report.issues())
        .extracting(Issue::toString)
        .containsExactly("a.test.yml:1:7: there is no rule in a.yml");
  }

  @Test
  void reportsTheIssuesOfTheRule() {
    assertThat(issues("rule: broken.yml\ncases: [{name: n, event: {}, match: false}]"))
        .singleElement()
        .asString()
        .startsWith("d/broken.yml:6:");
  }

  @Test
  void reportsWhatIsNoYaml() {
    assertThat(issues("rule: [")).singleElement().asString().contains("this is not YAML");
    assertThat(issues("a: 1\n---\nb: 1")).singleElement().asString().contains("not YAML");
  }

  @Test
  void isNotBroughtDownByDeepOrEndlessTexts() {
    assertThat(issues("[".repeat(100_000)))
        .containsExactly("d/r.test.yml:1:65: nested deeper than 64 levels");
    assertThat(issues(CASE + "  event: &e { a: *e }\n  match: true"))
        .singleElement()
        .asString()
        .contains("aliases counted");
    assertThat(issues(CASE + "  event: " + manyLaughs() + "\n  match: true"))
        .singleElement()
        .asString()
        .contains("aliases counted");
  }

  private static String manyLaughs() {
    StringBuilder event = new StringBuilder("{ a0: &a0 [x, x, x, x, x, x, x, x, x]");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      event.append(", a%d: &a%d [%s]".formatted(i, i, (alias + " , ").repeat(8) + alias));
    }
    return event + " }";
  }

  private static String eventOf(String event) {
    String text = CASE + "  match: true\n  event: " + event.strip().replace("\n", "\n    ");
    YamlIssues issues = new YamlIssues("t");
    Optional<RuleTestFile> file = RuleTestFileReader.read(text, issues);
    assertThat(issues.reported()).isEmpty();
    return file.orElseThrow().cases().get(0).events().get(0);
  }

  private List<String> issues(String test) {
    RuleTestReport report = run(test);
    assertThat(report.passed()).isFalse();
    assertThat(report.results()).isEmpty();
    return report.issues().stream().map(Issue::toString).toList();
  }

  private RuleTestReport run(String test) {
    return run(test, FieldMapping.NONE);
  }

  private RuleTestReport run(String test, FieldMapping mapping) {
    return RuleTests.run(
        new RuleDocument("d/r.test.yml", test),
        path -> Optional.ofNullable(content.get(path)),
        Placeholders.NONE,
        mapping);
  }
}
