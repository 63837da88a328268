package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MatchCommandTest {
  private static final String X = "{\"field\":\"x\"}\n";
  private static final String Y = "{\"field\":\"y\"}\n";

  private final Path folder;
  private final Path rules;

  MatchCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.rules = folder.resolve("rules");
    new RuleFolder(rules).rule("is-x", "x");
    new RuleFolder(rules).rule("wild", "'*'");
  }

  @Test
  void printsALineForEachMatchingEventInInputOrder() throws IOException {
    Path first = events("first.ndjson", X + "\n{}\n" + Y);
    Path second = events("second.ndjson", X.strip());

    assertThat(CommandRun.of("match", "--rules", rules, first, second))
        .isEqualTo(
            new CommandRun(
                0,
                line(first, 1, "is-x\",\"wild")
                    + line(first, 4, "wild")
                    + line(second, 1, "is-x\",\"wild"),
                ""));
  }

  @Test
  void keepsTheOrderOverManyBatches() throws IOException {
    Path file = events("many.ndjson", (Y + "{}\n").repeat(10_000));

    String[] lines = CommandRun.of("match", "--rules", rules, file).out().split("\n");

    assertThat(lines).hasSize(10_000);
    for (int i = 0; i < lines.length; i++) {
      assertThat(lines[i] + "\n").isEqualTo(line(file, 2 * i + 1, "wild"));
    }
  }

  @Test
  void readsStandardInputAndCompressedFiles() throws IOException {
    Path zipped = folder.resolve("events.ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(Y.getBytes(UTF_8));
    }

    CommandRun run = CommandRun.withInput(Y, "match", "--rules", rules, "-", zipped);

    assertThat(run.out()).isEqualTo(line(Path.of("-"), 1, "wild") + line(zipped, 1, "wild"));
  }

  @Test
  void saysWhichLinesAreNoEventsAndGoesOn() throws IOException {
    Path file = events("bad.ndjson", "[1]\n{\"field\":\n" + Y);

    CommandRun run = CommandRun.of("match", "--rules", rules, "--stats", file);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(line(file, 3, "wild"));
    assertThat(run.err().lines().toList().subList(0, 2))
        .satisfiesExactly(
            one -> assertThat(one).startsWith(file + ":1: not an event: "),
            two -> assertThat(two).startsWith(file + ":2: not an event: "));
    assertThat(run.err()).contains("\"events\":1,", "\"malformed\":2,");
  }

  @Test
  void statsAreOneLineOfJsonOnTheErrorStream() throws IOException {
    new RuleFolder(rules).brokenRule("broken");

    CommandRun run = CommandRun.withInput(X + Y, "match", "--rules", rules, "--stats", "-");

    assertThat(run.err().lines().skip(1))
        .singleElement()
        .asString()
        .matches(
            "\\{\"events\":2,\"matched\":2,\"malformed\":0,\"seconds\":[0-9.E-]+,"
                + "\"eventsPerSecond\":[0-9]+,\"rulesLoaded\":2,\"rulesRejected\":1}");
    assertThat(run.err()).startsWith(rules.resolve("broken.yml") + ":1:1: ");
  }

  @Test
  void judgesByTheRulesOfTheCustomer() throws IOException {
    Path scoped = new RuleFolder(folder.resolve("scoped")).rule("s", "y");
    Files.writeString(
        scoped, Files.readString(scoped) + "lockstep: { customers: { only: [acme] } }\n");

    assertThat(CommandRun.withInput(Y, "match", "--rules", scoped, "-").out()).isEmpty();
    assertThat(CommandRun.withInput(Y, "match", "--rules", scoped, "--customer", "acme", "-").out())
        .isEqualTo(line(Path.of("-"), 1, "s"));
  }

  @Test
  void judgesEventsAsTheMappingSaysAndCountsRulesNotVariants() throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            """
            fields: { field: data.value }
            logsources: [ { logsource: { product: test }, when: { kind: k } } ]
            customers: { acme: { fields: { field: other } } }
            """);
    Path file =
        events(
            "mapped.ndjson",
            """
            {"kind":"k","data":{"value":"x"}}
            {"kind":"k","other":"x"}
            {"kind":"o","data":{"value":"x"}}
            """);

    CommandRun run =
        CommandRun.of("match", "--rules", rules, "--mapping", mapping, "--stats", file);

    assertThat(run.out()).isEqualTo(line(file, 1, "is-x\",\"wild"));
    assertThat(run.err()).contains("\"rulesLoaded\":2,");
    assertThat(
            CommandRun.of(
                    "match", "--rules", rules, "--mapping", mapping, "--customer", "acme", file)
                .out())
        .isEqualTo(line(file, 2, "is-x\",\"wild"));
  }

  @Test
  void tellsThatRulesHaveNoEventsUnderTheMapping() {
    CommandRun run =
        CommandRun.withInput(X, "match", "--rules", rules, "--mapping", "windows-flat", "-");

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                "",
                "lockstep: 2 rules without events under the mapping;"
                    + " 'rules check --mapping' lists them\n"));
  }

  @Test
  void aMissingEventsFileEndsWithTwoBeforeAnythingIsJudged() throws IOException {
    Path file = events("good.ndjson", Y);

    CommandRun run = CommandRun.of("match", "--rules", rules, file, folder.resolve("none"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("lockstep: there is no events file ");
  }

  @Test
  void aFileThatIsNotCompressedAsItSaysEndsWithTwo() throws IOException {
    Path file = events("plain.gz", Y);

    CommandRun run = CommandRun.of("match", "--rules", rules, file);

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err()).startsWith("lockstep: cannot read " + file);
  }

  @Test
  void noGoodRuleEndsWithTwo() throws IOException {
    Path broken = new RuleFolder(folder.resolve("broken")).brokenRule("b");

    assertThat(CommandRun.withInput(Y, "match", "--rules", broken, "-").exitCode())
        .isEqualTo(ExitCode.INPUT_ERROR);
  }

  private Path events(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String line(Path file, int line, String rules) {
    return "{\"file\":\"%s\",\"line\":%d,\"rules\":[\"%s\"]}%n".formatted(file, line, rules);
  }
}
