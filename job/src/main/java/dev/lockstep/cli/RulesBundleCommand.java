package dev.lockstep.cli;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.connector.content.BundleShards;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.Content;
import dev.lockstep.content.ContentDirectory;
import dev.lockstep.content.RuleBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep rules bundle}. */
@Command(
    name = "bundle",
    mixinStandardHelpOptions = true,
    description = {
      "Checks and tests all rules of a folder and packs them into one file, which an engine takes"
          + " whole or not at all.",
      "Equal rules of one commit make equal bytes: the version is a hash of the content, and the"
          + " only time in it is the commit's, or that of SOURCE_DATE_EPOCH.",
      "Exit code 1, and no file, if a rule has an issue or a test fails."
    })
final class RulesBundleCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The folder of rules, with their tests.")
  private Path folder = Path.of(".");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where to write the bundle, a *" + BundleArchive.SUFFIX + ".")
  private Path output = Path.of(".");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "rules",
      description = "What the content is called in all its versions (default: ${DEFAULT-VALUE}).")
  private String name = "rules";

  @Option(
      names = "--shards",
      description = {
        "If the bundle is larger than a ConfigMap takes, split it into several files that are not:"
            + " FILE with -1-of-3 and so on in its name. An engine takes all of them or none.",
        "Files of FILE's name that an earlier run left are removed."
      })
  private boolean split;

  @Option(
      names = "--removal-meant",
      description = "This bundle may remove any share of the rules at once.")
  private boolean removalMeant;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private MappingOption mapping = new MappingOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.ofInput("there is no folder " + folder);
    }
    if (!output.toString().endsWith(BundleArchive.SUFFIX)) {
      throw CommandFailure.ofInput(
          "the file of a bundle must end with %s: %s".formatted(BundleArchive.SUFFIX, output));
    }
    RulePaths paths = RulePaths.read(List.of(folder), new PlaceholderOption());
    if (!isGood(paths)) {
      return ExitCode.ANSWER_IS_NO;
    }
    RuleBundle bundle = new RuleBundle(ContentDirectory.read(folder).rules());
    Optional<GitRevision> revision = GitRevision.of(folder);
    BundleManifest manifest =
        BundleManifest.of(
            name, bundle, revision.map(GitRevision::name).orElse(null), time(revision));
    if (removalMeant) {
      manifest = manifest.withRemovalMeant();
    }
    BundleArchive archive = new BundleArchive(manifest, bundle);
    Map<String, byte[]> pieces = pieces(archive);
    Path parent = requireNonNull(output.toAbsolutePath().getParent(), "a file is in a folder");
    BundlePieces.write(parent, stem(), pieces);
    BundleReport report = new BundleReport(manifest, output, pieces);
    switch (format.chosen()) {
      case TEXT -> report.print(spec.commandLine().getOut());
      case JSON -> report.printJson(spec.commandLine().getOut());
    }
    report.warn(spec.commandLine().getErr());
    return ExitCode.GOOD;
  }

  private String stem() {
    String file = String.valueOf(output.getFileName());
    return file.substring(0, file.length() - BundleArchive.SUFFIX.length());
  }

  private Map<String, byte[]> pieces(BundleArchive archive) {
    List<BundleArchive> shards = List.of(archive);
    if (split) {
      try {
        shards = BundleShards.of(archive, BundleReport.SHARD_BYTES);
      } catch (IllegalArgumentException e) {
        throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
      }
    }
    Map<String, byte[]> pieces = new LinkedHashMap<>();
    for (BundleArchive shard : shards) {
      String piece = shard.manifest().pieceName().substring(name.length());
      pieces.put(stem() + piece + BundleArchive.SUFFIX, shard.encode());
    }
    return pieces;
  }

  /** Prints what is wrong, if anything is. */
  private boolean isGood(RulePaths paths) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Content content = Content.read(paths.rules());
    if (!content.issues().isEmpty()) {
      new RulesCheckText(err, Colours.of(spec.commandLine().getColorScheme().ansi()))
          .print(content);
      return false;
    }
    RuleTestRun tests = RuleTestRun.of(paths, mapping.read());
    if (!tests.passed()) {
      new RuleTestText(err, spec.commandLine().getColorScheme().ansi()).printFailed(tests);
      return false;
    }
    int untested = tests.untested(paths).size();
    if (untested > 0) {
      err.printf("lockstep: %s without tests%n", Amount.of(untested, "rule file"));
    }
    return true;
  }

  private static @Nullable Instant time(Optional<GitRevision> revision) {
    String epoch = System.getenv("SOURCE_DATE_EPOCH");
    if (epoch == null) {
      return revision.map(GitRevision::time).orElse(null);
    }
    try {
      return Instant.ofEpochSecond(Long.parseLong(epoch));
    } catch (NumberFormatException e) {
      throw CommandFailure.ofInput(
          "SOURCE_DATE_EPOCH must be seconds since 1970, was '" + epoch + "'");
    }
  }
}
