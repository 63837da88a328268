package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.content.Content;
import dev.lockstep.mapping.FieldMapping;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesExplainCommandTest {
  private static final String SHELL =
      """
      title: Shell of an office
      id: shell
      name: office_shell
      logsource: { product: test }
      detection:
        parent:
          ParentImage|endswith: ['\\winword.exe', '\\excel.exe']
        child:
          Image|endswith: '\\cmd.exe'
          CommandLine|contains: ' /c '
        filter:
          User: SYSTEM
        condition: parent and child and not filter
      level: high
      """;
  private static final String WORD =
      """
      {"ParentImage":"C:\\\\WINWORD.EXE","Image":"C:\\\\cmd.exe","CommandLine":"cmd /c x","User":"eve"}
      """;

  private final Path folder;
  private final Path shell;

  RulesExplainCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.shell = rule("shell.yml", SHELL);
  }

  @Test
  void aMatchIsATreeOfWhatMadeIt() {
    CommandRun run = CommandRun.withInput(WORD, "rules", "explain", "--rules", shell, "-");

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                ✓ Shell of an office
                  high  %s:1  shell
                  -:1 matches

                  ✓ all of
                    ✓ parent
                      ✓ ParentImage ends with any of  'C:\\WINWORD.EXE'
                        ✓ '\\winword.exe'
                        ✗ '\\excel.exe'
                    ✓ child: all of
                      ✓ Image ends with '\\cmd.exe'    'C:\\cmd.exe'
                      ✓ CommandLine contains ' /c '   'cmd /c x'
                    ✓ not filter
                      ✗ User is 'SYSTEM'              'eve'
                """
                    .formatted(shell),
                ""));
  }

  @Test
  void aMissSaysWhatIsAbsentAndWhatIsThereInstead() {
    String event = WORD.replace("ParentImage", "parentimage").replace(",\"User\":\"eve\"", "");

    CommandRun run = CommandRun.withInput(event, "rules", "explain", "--rules", shell, "-");

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out())
        .contains(
            """
            ✗ parent
                  ✗ ParentImage ends with any of  absent
                    → the event has 'parentimage'; the case of a field name counts
                    ✗ '\\winword.exe'
            """,
            "      ✗ User is 'SYSTEM'              absent\n");
  }

  @Test
  void aKeywordShowsWhereItWasFoundAndNothingOfAnEventReachesTheTerminal() throws IOException {
    Path keyword =
        rule(
            "k.yml",
            "title: K\nlogsource: {product: x}\ndetection: {k: [katz, nix], condition: k}");

    CommandRun run =
        CommandRun.withInput(
            "{\"n\":1,\"a\":{\"b\":\"mimikatz\\u001b[31m\"}}",
            "rules",
            "explain",
            "--rules",
            keyword,
            "-");

    assertThat(run.out())
        .endsWith(
            """
              ✓ k
                ✓ any text contains any of  in 2 values
                  ✓ 'katz'                  a.b = 'mimikatz\\u{1b}[31m'
                  ✗ 'nix'
            """);
  }

  @Test
  void aLongListIsCutAndCounted() throws IOException {
    String values =
        IntStream.range(0, 4436).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
    Path list =
        rule(
            "l.yml",
            "title: L\nlogsource: {product: x}\ndetection: {l: {a: [%s]}, condition: l}"
                .formatted(values));

    CommandRun run =
        CommandRun.withInput("{\"a\":\"x\"}", "rules", "explain", "--rules", list, "-");

    assertThat(run.out()).endsWith("      ✗ 'v4'\n      … and 4,431 more, none of which matches\n");
  }

  @Test
  void ofSeveralRulesThoseThatMatchAreExplained() throws IOException {
    new RuleFolder(folder).rule("other", "x");

    CommandRun run =
        CommandRun.withInput("{\"field\":\"x\"}", "rules", "explain", "--rules", folder, "-");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("✓ Rule other\n").doesNotContain("office");
  }

  @Test
  void whereNoneMatchesTheNearestMissesSayWhatFails() throws IOException {
    new RuleFolder(folder).rule("other", "x");
    String event = WORD.replace("WINWORD", "explorer");

    CommandRun run = CommandRun.withInput(event, "rules", "explain", "--rules", folder, "-");

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out())
        .isEqualTo(
            """
            -:1 matches none of 2 rules; these come nearest:

            ✗ Shell of an office
              high  %s:1  shell

              ✗ all of
                ✗ parent
                  ✗ ParentImage ends with any of  'C:\\explorer.EXE'
                    ✗ '\\winword.exe'
                    ✗ '\\excel.exe'
                ✓ child: all of
                ✓ not filter
            """
                .formatted(shell));
    assertThat(CommandRun.withInput("{}", "rules", "explain", "--rules", folder, "-").out())
        .isEqualTo("-:1 matches none of 2 rules, and none comes near\n");
  }

  @Test
  void aRuleIsNamedByItsIdItsNameOrItsTitle() throws IOException {
    new RuleFolder(folder).rule("other", "x");

    for (String name : List.of("shell", "office_shell", "shell of an OFFICE")) {
      CommandRun run =
          CommandRun.withInput("{}", "rules", "explain", "--rules", folder, "--rule", name, "-");
      assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
      assertThat(run.out()).startsWith("✗ Shell of an office\n");
    }
  }

  @Test
  void aRuleThatIsNotThereEndsWithTwoAndWithWhatMayHaveBeenMeant() {
    CommandRun run =
        CommandRun.withInput("{}", "rules", "explain", "--rules", shell, "--rule", "Office", "-");

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "lockstep: no good rule has the id, name or title 'Office'; there is 'Shell of an"
                    + " office'\n"));
  }

  @Test
  void aRuleOfOtherCustomersDoesNotMatch() throws IOException {
    Path scoped = rule("scoped.yml", SHELL + "lockstep: { customers: { only: [acme] } }\n");

    CommandRun local = CommandRun.withInput(WORD, "rules", "explain", "--rules", scoped, "-");

    assertThat(local.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(local.out()).contains("  the rule does not judge events of local\n\n  ✓ all of\n");
    assertThat(
            CommandRun.withInput(
                    WORD, "rules", "explain", "--rules", scoped, "--customer", "acme", "-")
                .exitCode())
        .isZero();
  }

  @Test
  void theFirstEventIsTakenOrTheLinesGiven() throws IOException {
    Path file = Files.writeString(folder.resolve("events"), "\n" + WORD + "{}\n" + WORD);

    assertThat(CommandRun.of("rules", "explain", "--rules", shell, file).out())
        .contains(file + ":2 matches");
    CommandRun run = CommandRun.of("rules", "explain", "--rules", shell, "--line", "4,3", file);
    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out().lines().filter(line -> line.startsWith("  " + file)))
        .containsExactly("  " + file + ":3 does not match", "  " + file + ":4 matches");
    assertThat(CommandRun.of("rules", "explain", "--rules", shell, "--line", "7", file))
        .isEqualTo(
            new CommandRun(
                2, "", "lockstep: there is no line 7 in " + file + ", which has 4 lines\n"));
  }

  @Test
  void whatIsNoEventEndsWithTwo() {
    CommandRun run = CommandRun.withInput("[1]", "rules", "explain", "--rules", shell, "-");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err()).startsWith("lockstep: -:1: not an event: ");
    assertThat(CommandRun.withInput("", "rules", "explain", "--rules", shell, "-").err())
        .isEqualTo("lockstep: there is no event in -\n");
  }

  @Test
  void jsonIsADocumentForEachEvent() throws IOException {
    Path list =
        rule(
            "j.yml",
            "title: J\nlogsource: {product: x}\n"
                + "detection: {s: {a|contains: [x, y], b: 1}, k: [z], condition: s and not k}");

    CommandRun run =
        CommandRun.withInput(
            "{\"a\":[\"1\",\"xx\"],\"B\":2.50}\n",
            "rules",
            "explain",
            "--format",
            "json",
            "--rules",
            list,
            "-");

    assertThat(run.out())
        .isEqualTo(
            """
            {"file":"-","line":1,"matches":false,"rulesJudged":1,"rules":[\
            {"id":"J","title":"J","place":"%s:1","customer":"local","applies":true,"matches":false,\
            "condition":{"kind":"all","matches":false,"parts":[\
            {"kind":"identifier","matches":false,"name":"s","part":\
            {"kind":"all","matches":false,"parts":[\
            {"kind":"field","matches":true,"field":"a","present":true,"values":["1","xx"],\
            "moreValues":0,"join":"any","tests":[{"test":"contains 'x'","matches":true,\
            "by":{"field":"a","value":"xx"}},{"test":"contains 'y'","matches":false}]},\
            {"kind":"field","matches":false,"field":"b","present":false,"values":[],\
            "moreValues":0,"hint":"the event has 'B'; the case of a field name counts",\
            "join":"all","tests":[{"test":"is 1","matches":false}]}]}},\
            {"kind":"not","matches":true,"part":{"kind":"identifier","matches":false,"name":"k",\
            "part":{"kind":"keywords","matches":false,"valuesSearched":3,"join":"all",\
            "tests":[{"test":"contains 'z'","matches":false}]}}}]}}],"nearest":[]}
            """
                .formatted(list));
  }

  @Test
  void coloursAreForTerminalsAlone() {
    StringWriter text = new StringWriter();
    ExplainableRules rules =
        ExplainableRules.of(
            Content.read(RulePaths.read(List.of(shell), new PlaceholderOption()).rules()),
            FieldMapping.NONE,
            null,
            new PrintWriter(text));
    EventVerdict verdict =
        rules.judge(new EventLine("-", 1, new byte[] {'{', '}'}), "local", new PrintWriter(text));

    new ExplanationText(new PrintWriter(text), new Colours(true), rules).print(List.of(verdict));

    assertThat(text.toString())
        .startsWith("\u001b[31m✗\u001b[0m \u001b[1mShell of an office\u001b[0m\n");
  }

  private Path rule(String name, String text) throws IOException {
    return new RuleFolder(folder).write(name, text);
  }
}
