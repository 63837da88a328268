package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mapping.ShippedMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesCheckCommandTest {
  private static final String WINDOWS_RULE =
      """
      title: W
      logsource: { product: windows, category: process_creation }
      detection: { s: { Image: a }, condition: s }
      """;

  private final Path folder;
  private final Path elsewhere;

  RulesCheckCommandTest(@TempDir Path folder, @TempDir Path elsewhere) {
    this.folder = folder;
    this.elsewhere = elsewhere;
  }

  @Test
  void goodRulesEndWithZero() throws IOException {
    rules().rule("a", "x");
    rules().rule("deep/b", "y");

    CommandRun run = CommandRun.of("rules", "check", folder);

    assertThat(run).isEqualTo(new CommandRun(0, "2 good rules in 2 files: no issues\n", ""));
  }

  @Test
  void everyIssueStandsAtItsPlaceAndEndsWithOne() throws IOException {
    rules().rule("a", "x");
    Path broken = rules().brokenRule("b");

    CommandRun run = CommandRun.of("rules", "check", folder);

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out())
        .contains(broken + ":1:1: ")
        .endsWith("1 good rule in 2 files: 1 issue in 1 file\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void anIdTwiceIsAnIssueOfTheSecondFile() throws IOException {
    Path first = rules().rule("a", "x");
    Path second = rules().write("z.yml", Files.readString(first));

    CommandRun run = CommandRun.of("rules", "check", first, second);

    assertThat(run.out()).startsWith(second + ":1:1: the rule 'a' is there already, in " + first);
    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
  }

  @Test
  void aFileGivenTwiceIsReadOnce() throws IOException {
    Path file = rules().rule("a", "x");

    assertThat(CommandRun.of("rules", "check", folder, file).out())
        .isEqualTo("1 good rule in 1 file: no issues\n");
  }

  @Test
  void valuesFilesAmongTheRulesAndBesideThemGivePlaceholdersTheirValues() throws IOException {
    rules().rule("a", "'%Admins%'");
    rules()
        .write(
            "b.yml",
            Files.readString(rules().rule("b", "'%Admins%%Hosts%'"))
                .replace("field:", "field|expand:"));
    rules().write("values.yml", "placeholders: {Admins: root}\n");
    Path outside = new RuleFolder(elsewhere).write("hosts.txt", "placeholders: {Hosts: [a, b]}\n");

    assertThat(CommandRun.of("rules", "check", folder).exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(CommandRun.of("rules", "check", folder, "--placeholders", outside).out())
        .isEqualTo("2 good rules in 4 files: no issues\n");
    assertThat(
            CommandRun.of("rules", "check", folder, "--placeholders", folder.resolve("a.yml"))
                .err())
        .contains("a.yml is no values file: its one key at the top is 'placeholders'");
  }

  @Test
  void aFilterForARuleThatIsNotThereIsAWarningAndNoIssue() throws IOException {
    rules().rule("a", "x");
    Path filter =
        rules()
            .write(
                "f.yml",
                """
                title: Filter
                logsource: { product: test }
                filter:
                  rules: [a, b]
                  s: { other: y }
                  condition: not s
                """);

    assertThat(CommandRun.of("rules", "check", folder))
        .isEqualTo(
            new CommandRun(
                0,
                "warning: %s:4:14: the filter is for the rule 'b', which is not there%n"
                        .formatted(filter)
                    + "1 good rule in 2 files: no issues, 1 warning\n",
                ""));
  }

  @Test
  void jsonHasTheSame() throws IOException {
    Path broken = rules().write("b.yml", "[");

    CommandRun run = CommandRun.of("rules", "check", "--format", "json", folder);

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out().replaceAll("\\s+", ""))
        .startsWith(
            "{\"files\":1,\"goodRules\":0,\"issues\":[{\"file\":\"" + broken + "\",\"line\":")
        .endsWith("}],\"warnings\":[]}");
  }

  @Test
  void aFolderWithoutRulesEndsWithTwo() throws IOException {
    rules().write("README.md", "no rule");

    CommandRun run = CommandRun.of("rules", "check", folder);

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err()).contains("there are no rules (*.yml, *.yaml) below " + folder);
  }

  @Test
  void countsTheRulesWhoseLogsourceTheMappingDoesNotKnow() throws IOException {
    rules().rule("a", "x");
    rules().rule("b", "x");
    rules().write("c.yml", WINDOWS_RULE);

    CommandRun run = CommandRun.of("rules", "check", "--mapping", "windows-flat", folder);

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                3 good rules in 3 files: no issues
                2 good rules without events under the mapping, by logsource:
                     2  test
                """,
                ""));
    assertThat(
            CommandRun.of("rules", "check", "--mapping", "stated", "--format", "json", folder)
                .out()
                .replaceAll("\\s+", ""))
        .endsWith("\"issues\":[],\"warnings\":[],\"mapping\":{\"covered\":3,\"uncovered\":{}}}");
    assertThat(CommandRun.of("rules", "check", "--mapping", "stated", folder).out())
        .endsWith("All of them have events under the mapping.\n");
  }

  @Test
  void namesTheMappingsThatShipWhenOneIsUnknown() throws IOException {
    rules().rule("a", "x");

    CommandRun run = CommandRun.of("rules", "check", "--mapping", "windows", folder);

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err())
        .isEqualTo(
            "lockstep: there is no mapping windows: it is no file, and none of those that ship,"
                + " aws-cloudtrail, linux-auditd, linux-sysmon, stated, web, windows-evtx,"
                + " windows-flat, windows-winlogbeat, zeek\n");
  }

  @Test
  void helpNamesEveryMappingThatShips() {
    String help = CommandRun.of("rules", "check", "--help").out().replaceAll("\\s+", " ");
    assertThat(help).contains("--mapping");
    assertThat(help).contains(ShippedMappings.names());
  }

  @Test
  void everyIssueOfAMappingFileStandsAtItsPlace() throws IOException {
    rules().rule("a", "x");
    Path mapping = Files.writeString(folder.resolve("m.yaml.txt"), "field: {}\nunmapped: no\n");

    CommandRun run = CommandRun.of("rules", "check", "--mapping", mapping, folder);

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err())
        .startsWith("lockstep: the mapping has issues\n")
        .contains("\n" + mapping + ":1:1: unknown key 'field'", "\n" + mapping + ":2:11: ");
  }

  private RuleFolder rules() {
    return new RuleFolder(folder);
  }
}
