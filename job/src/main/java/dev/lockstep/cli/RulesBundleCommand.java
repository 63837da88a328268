package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.Content;
import dev.lockstep.content.ContentDirectory;
import dev.lockstep.content.RuleBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
  private static final int CONFIG_MAP_BYTES = 1024 * 1024;

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
    byte[] archive = new BundleArchive(manifest, bundle).encode();
    write(archive);
    print(manifest, archive.length);
    return ExitCode.GOOD;
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

  /** Never leaves half a file at the place, where an engine may be looking. */
  private void write(byte[] archive) {
    Path file = output.toAbsolutePath();
    // Not a temporary file as Java makes them, which only its owner can read.
    Path next = file.resolveSibling("." + file.getFileName() + ".next");
    try {
      Files.createDirectories(file.getParent());
      try {
        Files.write(next, archive);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot write " + output + ": " + e);
    }
  }

  private void print(BundleManifest manifest, int bytes) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    double share = (double) bytes / CONFIG_MAP_BYTES;
    switch (format.chosen()) {
      case TEXT -> {
        out.printf(
            "%s: bundle %s, version %s%s%n",
            output,
            manifest.name(),
            manifest.version(),
            manifest.revision() == null ? "" : ", of commit " + manifest.revision());
        out.printf(
            Locale.ROOT,
            "%s in %s, %,d bytes, %.1f %% of what a ConfigMap takes%n",
            Amount.of(manifest.rules().size(), "rule"),
            Amount.of(manifest.files(), "file"),
            bytes,
            100 * share);
      }
      case JSON -> {
        try (JsonGenerator json = JsonOutput.document(out)) {
          json.writeStartObject();
          json.writeStringField("file", output.toString());
          json.writeStringField("name", manifest.name());
          json.writeStringField("version", manifest.version());
          if (manifest.revision() != null) {
            json.writeStringField("revision", manifest.revision());
          }
          if (manifest.builtAt() != null) {
            json.writeStringField("builtAt", manifest.builtAt().toString());
          }
          json.writeNumberField("files", manifest.files());
          json.writeNumberField("rules", manifest.rules().size());
          json.writeNumberField("bytes", bytes);
          json.writeNumberField("configMapBytes", CONFIG_MAP_BYTES);
          json.writeEndObject();
        }
        out.println();
      }
    }
    if (share > 1) {
      spec.commandLine()
          .getErr()
          .println("lockstep: the bundle does not fit into a ConfigMap, which takes 1 MiB");
    }
  }
}
