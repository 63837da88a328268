package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockstepTest {

  @Test
  void helpNamesTheCommandsAndTheExitCodes() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("demo", "rules", "flags", "match", "Exit codes:", "the answer is no");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules",
        "rules check",
        "rules test",
        "flags",
        "flags init",
        "flags explain",
        "dead-letters",
        "dead-letters list",
        "dead-letters show",
        "dead-letters redrive",
        "dead-letters park",
        "match",
        "demo"
      })
  void everyCommandHasHelpAndAVersion(String command) {
    CommandRun help = CommandRun.of((Object[]) (command + " --help").split(" "));
    CommandRun version = CommandRun.of((Object[]) (command + " --version").split(" "));

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: lockstep " + command);
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).startsWith("lockstep ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "rules",
        "flags",
        "dead-letters",
        "dead-letters show",
        "dead-letters show 17",
        "dead-letters redrive",
        "dead-letters redrive --all dead-letters/0/1",
        "dead-letters park dead-letters/0",
        "dead-letters list --class BORED",
        "dead-letters list --limit 0",
        "dead-letters list --since soon",
        "rules check",
        "rules check --format xml .",
        "match x"
      })
  void wrongUsageEndsWithTwoAndSaysWhyOnTheErrorStream(String line) {
    CommandRun run = line.isEmpty() ? CommandRun.of() : CommandRun.of((Object[]) line.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isNotBlank();
  }

  @Test
  void anExpectedFailureIsOneLine() {
    CommandRun run = CommandRun.of("rules", "check", "/no/such/place");

    assertThat(run.err()).isEqualTo("lockstep: there is no file or folder /no/such/place\n");
  }

  @Test
  void debugAddsTheStackTraceWhereverItStands() {
    String[] lines = {"--debug rules check /no/such", "rules check --debug /no/such"};
    for (String line : lines) {
      assertThat(CommandRun.of((Object[]) line.split(" ")).err()).contains("\tat dev.lockstep");
    }
  }

  @Test
  void anInternalErrorSaysWhereToReportIt() {
    StringWriter err = new StringWriter();

    int code =
        FailureHandler.report(new IllegalStateException("boom"), new PrintWriter(err), false);

    assertThat(code).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(err.toString())
        .contains("internal error: java.lang.IllegalStateException: boom", "--debug")
        .doesNotContain("\tat ");
  }
}
