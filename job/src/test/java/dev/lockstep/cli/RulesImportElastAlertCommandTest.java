package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesImportElastAlertCommandTest {
  private final RuleFolder rules;
  private final Path output;

  RulesImportElastAlertCommandTest(@TempDir Path temporary) {
    this.rules = new RuleFolder(temporary.resolve("elastalert"));
    this.output = temporary.resolve("sigma");
  }

  @Test
  void writesOneFileForEachRule() throws IOException {
    Path rule = whole("web/errors.yaml");
    rules.write("config.yaml", "rules_folder: .\n");

    CommandRun run = run("-o", output);

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                skipped  config.yaml
                  note     %s:1:1: the configuration of ElastAlert, and no rule
                written  web/errors.yml  Errors
                  note     %s:7:1: filter: compared as whole values, without regard to case: a; \
                name with --text-field what Elasticsearch takes apart into words
                2 files: 1 written, 0 refused; 0 lost, 2 notes
                """
                    .formatted(rules.path().resolve("config.yaml"), rule),
                ""));
    assertThat(output.resolve("web/errors.yml"))
        .content()
        .contains("title: Errors\n", "type: event_count\n", "condition: {gte: 5}\n");
    assertThat(CommandRun.of("rules", "check", output).exitCode()).isZero();
  }

  @Test
  void withoutAnOutputItOnlyTells() throws IOException {
    whole("errors.yaml");

    assertThat(run().out()).startsWith("good  errors.yml  Errors\n");
    assertThat(output).doesNotExist();
  }

  @Test
  void endsWithOneIfSomethingIsLostOrRefused() throws IOException {
    Path lost = rules.write("lost.yaml", "name: L\ntype: any\nindex: i\naggregation: {hours: 1}\n");

    CommandRun onlyLost = run("-o", output);
    rules.write("refused.yaml", "name: R\ntype: my.Type\nindex: i\n");
    CommandRun refused = run("-o", output);

    assertThat(onlyLost.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(onlyLost.out())
        .contains(
            "written  lost.yml  L\n",
            "  lost     " + lost + ":4:1: aggregation: alerts are sent one by one",
            "1 file: 1 written, 0 refused; 1 lost, 1 note\n");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(refused.out()).contains("refused  R\n", "refused.yaml:2:7: type: 'my.Type' is");
    assertThat(output.resolve("lost.yml")).exists();
    assertThat(output.resolve("refused.yml")).doesNotExist();
  }

  @Test
  void printsJsonForPrograms() throws IOException {
    rules.write("lost.yaml", "name: L\ntype: any\nindex: i\naggregation: {hours: 1}\n");

    assertThat(run("--format", "json").out())
        .contains(
            "\"good\" : 1",
            "\"lost\" : 1",
            "\"file\" : \"lost.yml\"",
            "\"kind\" : \"lost\"",
            "\"line\" : 4",
            "\"setting\" : \"aggregation\"");
  }

  @Test
  void findsListsBesideTheRule() throws IOException {
    rules.write("lists/bad.txt", "10.0.0.1\n");
    rules.write(
        "a/b.yaml",
        "name: B\ntype: blacklist\nindex: i\ncompare_key: ip\nblacklist: ['!file ../lists/bad.txt']\n");

    CommandRun run = run("-o", output);

    assertThat(run.exitCode()).isZero();
    assertThat(output.resolve("a/b.yml")).content().contains("ip|cased: '10.0.0.1'");
  }

  @Test
  void importingAgainReplacesNothingThatSomeoneChanged() throws IOException {
    whole("a.yaml");
    whole("b.yaml");
    run("-o", output);
    Path changed = Files.writeString(output.resolve("b.yml"), "changed");
    Files.delete(output.resolve("a.yml"));

    CommandRun run = run("-o", output);
    CommandRun overwriting = run("-o", output, "--overwrite");

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err())
        .isEqualTo(
            "lockstep: %s is there already and says something else; --overwrite replaces it%n"
                .formatted(changed));
    assertThat(overwriting.exitCode()).isZero();
    assertThat(changed).content().startsWith("# Imported");
    assertThat(run("-o", output).exitCode()).isZero();
  }

  @Test
  void takesLogsourceAndTextFieldsFromTheCommandLine() throws IOException {
    whole("errors.yaml");

    run("-o", output, "--logsource", "product=windows,service=security", "--text-field", "a,b");

    assertThat(output.resolve("errors.yml"))
        .content()
        .contains("logsource: {product: windows, service: security}\n", "a|contains: x\n");
  }

  @Test
  void whatCannotBeUsedEndsWithTwo() throws IOException {
    CommandRun nowhere = run();
    Path rule = whole("a.yaml");
    CommandRun inside = run("-o", rules.path().resolve("out"));
    CommandRun source = run("--logsource", "index=x");
    Files.delete(rule);
    CommandRun empty = run();

    assertThat(nowhere.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(nowhere.err()).startsWith("lockstep: there is no file or folder ");
    assertThat(inside.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(inside.err()).contains(" lies in ");
    assertThat(source.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(source.err()).contains("not 'index=x'");
    assertThat(empty.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(empty.err()).startsWith("lockstep: there are no rules ");
  }

  private CommandRun run(Object... options) {
    Object[] all = new Object[options.length + 3];
    all[0] = "rules";
    all[1] = "import-elastalert";
    all[2] = rules.path();
    System.arraycopy(options, 0, all, 3, options.length);
    return CommandRun.of(all);
  }

  /** A rule of which nothing is lost. */
  private Path whole(String name) throws IOException {
    return rules.write(
        name,
        """
        name: Errors
        type: frequency
        index: app-*
        num_events: 5
        timeframe: {minutes: 1}
        query_key: host
        filter: [{term: {a: x}}]
        """);
  }
}
