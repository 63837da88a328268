package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesDiffCommandTest {
  private final RuleFolder rules;
  private final Path bundle;

  RulesDiffCommandTest(@TempDir Path temporary) {
    this.rules = new RuleFolder(temporary.resolve("content"));
    this.bundle = temporary.resolve("rules.tar.gz");
  }

  @BeforeEach
  void bundleTwoRules() throws IOException {
    rules.rule("a", "x");
    rules.rule("b", "x");
    rules.rule("c", "x");
    CommandRun.of("rules", "bundle", rules.path(), "-o", bundle);
  }

  @Test
  void aBundleDoesNotDifferFromTheFolderThatItIsOf() {
    assertThat(CommandRun.of("rules", "diff", bundle, rules.path()))
        .isEqualTo(
            new CommandRun(
                0,
                "0 added, 0 removed, 0 semantic and 0 cosmetic changes: 3 rules before, 3 after\n",
                ""));
  }

  @Test
  void namesEachRuleThatDiffersAndEndsWithOne() throws IOException {
    rules.rule("b", "y");
    Files.writeString(
        rules.path().resolve("c.yml"), Files.readString(rules.path().resolve("c.yml")) + "# why\n");
    rules.rule("d", "x");
    Files.delete(rules.path().resolve("a.yml"));

    CommandRun run = CommandRun.of("rules", "diff", bundle, rules.path());

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out())
        .isEqualTo(
            """
            semantic  b  Rule b  b.yml
            cosmetic  c  Rule c  c.yml
            added     d  Rule d  d.yml
            removed   a  Rule a  a.yml
            1 added, 1 removed, 1 semantic and 1 cosmetic changes: 3 rules before, 3 after
            """);
  }

  @Test
  void printsJsonForPrograms() throws IOException {
    rules.rule("b", "y");

    assertThat(CommandRun.of("rules", "diff", bundle, rules.path(), "--format", "json").out())
        .contains("\"rulesBefore\" : 3", "\"semantic\" : 1", "\"kind\" : \"semantic\"");
  }

  @Test
  void whatCannotBeReadEndsWithTwo() throws IOException {
    Path cut = Files.write(bundle.resolveSibling("cut.tar.gz"), new byte[] {31});
    Path broken = rules.brokenRule("e");

    CommandRun nothing = CommandRun.of("rules", "diff", bundle, "nowhere");
    CommandRun half = CommandRun.of("rules", "diff", cut, bundle);
    CommandRun issue = CommandRun.of("rules", "diff", bundle, rules.path());

    assertThat(nothing.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(nothing.err()).isEqualTo("lockstep: there is no bundle or folder nowhere\n");
    assertThat(half.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(half.err()).startsWith("lockstep: cannot use " + cut + ": ");
    assertThat(issue.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(issue.err()).contains(broken.getFileName() + ":1:1: ");
  }
}
