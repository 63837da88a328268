package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.content.ArchiveUnion;
import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.content.RuleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesBundleCommandTest {
  private final Path temporary;
  private final RuleFolder rules;
  private final Path bundle;

  RulesBundleCommandTest(@TempDir Path temporary) {
    this.temporary = temporary;
    this.rules = new RuleFolder(temporary.resolve("content"));
    this.bundle = temporary.resolve("out/rules.tar.gz");
  }

  @BeforeEach
  void writeRules() throws IOException {
    RuleFolder windows = new RuleFolder(rules.path().resolve("windows"));
    windows.rule("a", "x");
    windows.test("a", "x", true);
    rules.rule("b", "y");
    rules.test("b", "y", true);
  }

  @Test
  void packsTheRulesWithoutTheirTests() throws IOException {
    CommandRun run = bundled();

    BundleArchive archive = archive();
    assertThat(archive.bundle().documents())
        .extracting(RuleDocument::path)
        .containsExactly("b.yml", "windows/a.yml");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            "%s: bundle rules, version %s%n2 rules in 2 files, %d bytes, 0.0 %% of what a ConfigMap takes%n"
                .formatted(bundle, archive.manifest().version(), Files.size(bundle)));
  }

  @Test
  void equalRulesMakeEqualBytesWhereverAndWheneverTheyLie() throws IOException {
    bundled();
    byte[] first = Files.readAllBytes(bundle);
    RuleFolder elsewhere = new RuleFolder(temporary.resolve("elsewhere"));
    elsewhere.rule("b", "y");
    new RuleFolder(elsewhere.path().resolve("windows")).rule("a", "x");
    Files.setLastModifiedTime(elsewhere.path().resolve("b.yml"), FileTime.from(Instant.EPOCH));

    CommandRun.of("rules", "bundle", elsewhere.path(), "-o", bundle);

    assertThat(Files.readAllBytes(bundle)).isEqualTo(first);
  }

  @Test
  void aRuleWithAnIssueMakesNoBundle() throws IOException {
    Path broken = rules.brokenRule("c");

    CommandRun run = bundled();

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.err()).startsWith(broken + ":1:1: ");
    assertThat(bundle).doesNotExist();
  }

  @Test
  void aFailedTestMakesNoBundleAndIsTheOnlyOneThatIsPrinted() throws IOException {
    Path failing = rules.test("b", "y", false);

    CommandRun run = bundled();

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.err())
        .startsWith("FAILED  " + failing)
        .endsWith("2 test files, 2 cases: 1 passed, 1 failed\n")
        .doesNotContain("windows");
    assertThat(bundle).doesNotExist();
  }

  @Test
  void replacesAnOlderBundleAndLeavesNothingBesideIt() throws IOException {
    bundled();
    rules.rule("c", "z");

    CommandRun run = bundled();

    assertThat(run.err()).isEqualTo("lockstep: 1 rule file without tests\n");
    assertThat(archive().bundle().documents()).hasSize(3);
    try (var files = Files.list(bundle.getParent())) {
      assertThat(files).containsExactly(bundle);
    }
  }

  /** The engine is often another user than the one who bundles. */
  @Test
  void isReadableAsAnyNewFileIs() throws IOException {
    bundled();

    assertThat(Files.getPosixFilePermissions(bundle))
        .isEqualTo(Files.getPosixFilePermissions(rules.write("plain.txt", "")));
  }

  @Test
  void namesTheCommitAndItsTimeAndWhetherSomethingIsNotCommitted() throws Exception {
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "rules", "--date", "2026-01-31T12:00:00Z");
    bundled();
    String clean = archive().manifest().revision();
    Instant time = archive().manifest().builtAt();
    rules.rule("b", "z");
    rules.test("b", "z", true);
    bundled();

    assertThat(clean).matches("[0-9a-f]{40}");
    assertThat(time).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
    assertThat(archive().manifest().revision()).isEqualTo(clean + "-dirty");
    assertThat(archive().manifest().builtAt()).isEqualTo(time);
  }

  @Test
  void saysThatRemovingManyRulesIsMeantOnlyWhenAsked() throws IOException {
    bundled();
    boolean unasked = archive().manifest().removalMeant();
    CommandRun.of("rules", "bundle", rules.path(), "-o", bundle, "--removal-meant");

    assertThat(unasked).isFalse();
    assertThat(archive().manifest().removalMeant()).isTrue();
  }

  @Test
  void splitsWhatIsTooLargeForAConfigMap() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      StringBuilder noise = new StringBuilder("# ");
      random.ints(50_000, 'a', 'z').forEach(letter -> noise.append((char) letter));
      Files.writeString(rules.rule("long" + i, "x"), noise, StandardOpenOption.APPEND);
    }
    CommandRun whole = bundled();
    CommandRun run =
        CommandRun.of(
            "rules", "bundle", rules.path(), "-o", bundle, "--shards", "--format", "json");

    assertThat(whole.err()).contains("does not fit into a ConfigMap", "--shards splits it");
    assertThat(run.err()).doesNotContain("does not fit");
    assertThat(run.out()).contains("\"shards\" : [", "rules-1-of-2.tar.gz");
    List<BundleArchive> shards = new ArrayList<>();
    try (var files = Files.list(bundle.getParent())) {
      for (Path file : files.sorted().toList()) {
        assertThat(Files.size(file)).isLessThan(1024 * 1024);
        shards.add(BundleArchive.decode(Files.readAllBytes(file)));
      }
    }
    assertThat(shards)
        .extracting(shard -> shard.manifest().pieceName())
        .containsExactly("rules-1-of-2", "rules-2-of-2");
    assertThat(ArchiveUnion.of(shards, List.of(), null).bundle().documents()).hasSize(42);
  }

  @Test
  void removesTheShardsThatAreNotNeededAnyMore() throws IOException {
    bundled();
    Files.move(bundle, bundle.resolveSibling("rules-2-of-3.tar.gz"));
    Path other = Files.writeString(bundle.resolveSibling("rules-of-ours.tar.gz"), "");

    bundled();

    try (var files = Files.list(bundle.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(bundle, other);
    }
  }

  @Test
  void printsJsonForPrograms() throws IOException {
    CommandRun run =
        CommandRun.of("rules", "bundle", rules.path(), "-o", bundle, "--format", "json");

    assertThat(run.out())
        .contains("\"name\" : \"rules\"", "\"rules\" : 2", "\"bytes\" : " + Files.size(bundle));
  }

  @Test
  void aMissingFolderAndAnotherSuffixEndWithTwo() {
    assertThat(CommandRun.of("rules", "bundle", "nowhere", "-o", bundle))
        .isEqualTo(
            new CommandRun(ExitCode.INPUT_ERROR, "", "lockstep: there is no folder nowhere\n"));
    assertThat(CommandRun.of("rules", "bundle", rules.path(), "-o", "rules.zip"))
        .isEqualTo(
            new CommandRun(
                ExitCode.INPUT_ERROR,
                "",
                "lockstep: the file of a bundle must end with .tar.gz: rules.zip\n"));
  }

  private CommandRun bundled() {
    return CommandRun.of("rules", "bundle", rules.path(), "-o", bundle);
  }

  private BundleArchive archive() throws IOException {
    return BundleArchive.decode(Files.readAllBytes(bundle));
  }

  private void git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git", "-C", rules.path().toString(), "-c", "user.name=a", "-c", "user.email=b"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("GIT_COMMITTER_DATE", "2026-02-01T00:00:00Z");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
  }
}
