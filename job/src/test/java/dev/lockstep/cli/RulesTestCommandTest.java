package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class RulesTestCommandTest {
  private static final String EXPECTING =
      """
      rule: a.yml
      cases:
        - name: an alert
          event: { field: x }
          expect: { title: B, stage: shadow }
      """;

  private static final String TWO_EVENTS =
      """
      rule: a.yml
      cases:
        - { name: yes, event: { field: x }, match: true }
        - { name: no, event: { field: z }, match: false }
      """;

  private static final String CORRELATION =
      """
      ---
      title: Three
      id: three
      level: high
      correlation: { type: event_count, rules: [a], group-by: [user], timespan: 1m, condition: { gte: 3 } }
      """;

  private static final String TIMELINE =
      """
      rule: a.yml
      cases:
        - name: three
          timeline:
            - { at: 0s, event: { field: x, user: bob }, repeat: 3, every: 10s }
          alerts:
            - { at: 20s, count: 3 }
        - name: two
          timeline:
            - { at: 0s, event: { field: x, user: bob }, repeat: 3, every: 1s }
          alerts: []
      """;

  private final Path folder;

  RulesTestCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void passedTestsEndWithZero() throws IOException {
    rules().rule("a", "x");
    Path test = rules().test("a", "x", true);

    assertThat(CommandRun.of("rules", "test", folder))
        .isEqualTo(
            new CommandRun(
                0, "passed  " + test + " (1 case)\n1 test file, 1 case: 1 passed, 0 failed\n", ""));
  }

  @Test
  void aFailedCaseSaysWhatWasExpectedAndWhatHappenedAndEndsWithOne() throws IOException {
    rules().rule("a", "x");
    Path test = rules().test("a", "x", false);

    CommandRun run = CommandRun.of("rules", "test", folder);

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out())
        .isEqualTo(
            "FAILED  %1$s (1 of 1 case)%n  %1$s:3:5: the value is <x>%n".formatted(test)
                + "    expected no match, but the rule matched on field = 'x'\n"
                + "1 test file, 1 case: 0 passed, 1 failed\n");
  }

  @Test
  void aRuleOrItsTestMayBeNamedAlone() throws IOException {
    Path rule = rules().rule("a", "x");
    Path test = rules().test("a", "y", false);
    rules().test("b", "y", false);

    assertThat(CommandRun.of("rules", "test", rule).exitCode()).isZero();
    assertThat(CommandRun.of("rules", "test", test).exitCode()).isZero();
    assertThat(CommandRun.of("rules", "test", folder).exitCode()).isEqualTo(1);
  }

  @Test
  void rulesWithoutTestsAreNamedAndDoNoHarm() throws IOException {
    rules().rule("a", "x");
    rules().test("a", "x", true);
    Path untested = rules().rule("b", "x");

    CommandRun run = CommandRun.of("rules", "test", folder);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("lockstep: " + untested + " has no tests\n");
  }

  @Test
  void noTestsAtAllEndWithTwo() throws IOException {
    rules().rule("a", "x");

    assertThat(CommandRun.of("rules", "test", folder).exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
  }

  @Test
  void junitXmlHasFailuresIssuesAndEscapedNames() throws IOException {
    rules().rule("a", "x");
    rules().test("a", "x", false);
    rules().test("b", "x", true);
    Path xml = folder.resolve("new/report.xml");

    CommandRun run = CommandRun.of("rules", "test", folder, "--junit", xml);

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(Files.readString(xml))
        .contains(
            "<testsuites tests=\"2\" failures=\"1\" errors=\"1\">",
            "name=\"the value is &lt;x&gt;\"",
            "<failure message=",
            "<error message=",
            "there is no rule file");
  }

  @Test
  void jsonHasEveryCase() throws IOException {
    rules().rule("a", "x");
    rules().test("a", "x", true);

    CommandRun run = CommandRun.of("rules", "test", folder, "--format", "json");

    assertThat(run.out().replaceAll("\\s+", ""))
        .startsWith("{\"cases\":1,\"passed\":1,\"failed\":0,\"files\":[{\"file\":")
        .contains("\"line\":3,\"column\":5,\"passed\":true", "\"matchedFields\":{\"field\":\"x\"}");
  }

  @Test
  void eachDifferenceIsALineOfItsOwnAndCommandsNoTerminal() throws IOException {
    rules().rule("a", "x");
    rules().write("a.test.yml", EXPECTING.replace("title: B", "title: \"B\\e[2J\""));

    assertThat(CommandRun.of("rules", "test", folder).out())
        .contains(
            ": an alert\n    title: expected 'B\\u{1b}[2J', was 'Rule a'\n",
            "\n    stage: expected shadow, was live\n");
  }

  @Test
  void jsonHasExpectedAndActualOfEachDifference() throws IOException {
    rules().rule("a", "x");
    rules().write("a.test.yml", EXPECTING);

    assertThat(
            CommandRun.of("rules", "test", folder, "--format", "json").out().replaceAll("\\s+", ""))
        .contains(
            "\"differences\":[{\"what\":\"title\",\"expected\":\"'B'\",\"actual\":\"'Rulea'\"},"
                + "{\"what\":\"stage\",\"expected\":\"shadow\",\"actual\":\"live\"}]",
            "\"rules\":[\"a\"]");
  }

  @Test
  void junitXmlNamesCasesAsBuildServersShowThemAndTellsExpectedAndActual() throws Exception {
    Path sub = folder.resolve("v1.2");
    new RuleFolder(sub).rule("a", "x");
    new RuleFolder(sub).write("a.test.yml", EXPECTING);
    Path xml = folder.resolve("report.xml");

    CommandRun.of("rules", "test", folder, "--junit", xml);

    Document document =
        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(xml.toFile());
    Element test = (Element) document.getElementsByTagName("testcase").item(0);
    String file = sub.resolve("a.test.yml").toString();
    assertThat(test.getAttribute("classname"))
        .endsWith(".v1_2.a")
        .isEqualTo(sub.resolve("a").toString().substring(1).replace('.', '_').replace('/', '.'));
    assertThat(test.getAttribute("name")).isEqualTo("an alert");
    assertThat(test.getAttribute("file")).isEqualTo(file);
    assertThat(test.getAttribute("line")).isEqualTo("3");
    Element failure = (Element) test.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message"))
        .isEqualTo("title: expected 'B', was 'Rule a'; stage: expected shadow, was live");
    assertThat(failure.getTextContent())
        .startsWith(file + ":3:5\ntitle: expected 'B', was 'Rule a'\n")
        .endsWith("\n\nstage\n  expected: shadow\n  actual:   live");
  }

  @Test
  void coverageNamesWhatNoCaseMakesTrueAndWhatNoneMakesFalse() throws IOException {
    Path rule = rules().rule("a", "[x, y]");
    rules().test("a", "x", true);
    rules().rule("b", "x");

    CommandRun run = CommandRun.of("rules", "test", "--coverage", folder);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .endsWith(
            """
               0.0 %%  Rule a  0 of 3 parts
                      %1$s:5:16: s: field 'x' is never false
                      %1$s:5:19: s: field 'y' is never true
            coverage 0.0 %%: 0 of 4 parts of 2 rules true in one case and false in another;\
             0 covered wholly, 1 without a case
            """
                .formatted(rule));
  }

  @Test
  void tooLittleCoverageEndsWithOne() throws IOException {
    rules().rule("a", "x");
    rules().write("a.test.yml", TWO_EVENTS);
    rules().rule("b", "x");

    CommandRun half = CommandRun.of("rules", "test", "--min-coverage", "50", folder);
    CommandRun more = CommandRun.of("rules", "test", "--min-coverage", "50.1", folder);

    assertThat(half.exitCode()).isZero();
    assertThat(more.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(more.err()).contains("the coverage is 50.0 %, and should be at least 50.1 %");
    assertThat(CommandRun.of("rules", "test", "--min-coverage", "101", folder).exitCode())
        .isEqualTo(ExitCode.INPUT_ERROR);
  }

  @Test
  void jsonHasEveryPartThatIsNotCovered() throws IOException {
    rules().rule("a", "[x, y]");
    rules().write("a.test.yml", TWO_EVENTS);

    assertThat(
            CommandRun.of("rules", "test", "--coverage", "--format", "json", folder)
                .out()
                .replaceAll("\\s+", ""))
        .contains(
            "\"coverage\":{\"percent\":66.6,\"parts\":3,\"exercised\":2,\"rules\":[{\"kind\":\"rule\",",
            "\"unexercised\":[{\"identifier\":\"s\",\"field\":\"field\",\"value\":\"y\",\"line\":5,"
                + "\"column\":19,\"seenTrue\":false,\"seenFalse\":true}]");
  }

  @Test
  void timelinesAreToldLikeOtherCases() throws Exception {
    Path rule = rules().rule("a", "x");
    Files.writeString(rule, Files.readString(rule) + CORRELATION);
    Path test = rules().write("a.test.yml", TIMELINE);
    Path junit = folder.resolve("junit.xml");
    String unwanted = "expected no other alert, but 'Three' at 2s, count 3, user = 'bob'";

    CommandRun text = CommandRun.of("rules", "test", folder, "--junit", junit);
    CommandRun json = CommandRun.of("rules", "test", folder, "--format", "json");

    assertThat(text.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(text.out())
        .isEqualTo(
            "FAILED  %1$s (1 of 2 cases)%n  %1$s:8:5: two%n    %2$s%n".formatted(test, unwanted)
                + "1 test file, 2 cases: 1 passed, 1 failed\n");
    assertThat(Files.readString(junit))
        .contains("tests=\"2\" failures=\"1\"", "no other alert, but 'Three' at 2s, count 3");
    assertThat(json.out().replaceAll("\\s+", ""))
        .contains(
            "\"name\":\"three\",\"line\":3,\"column\":5,\"passed\":true,\"expected\":true,"
                + "\"matched\":true",
            "\"rules\":[\"three\"],\"alerts\":[{\"rule\":\"three\",\"atMillis\":20000,\"count\":3,"
                + "\"group\":{\"user\":\"bob\"},\"events\":3}]");
  }

  @Test
  void judgesUnderTheGivenMapping() throws IOException {
    rules().rule("a", "x");
    rules().test("a", "x", true);

    assertThat(CommandRun.of("rules", "test", "--mapping", "stated", folder).exitCode())
        .isEqualTo(ExitCode.ANSWER_IS_NO);
  }

  private RuleFolder rules() {
    return new RuleFolder(folder);
  }
}
