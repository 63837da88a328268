package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.content.ContentDirectory;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.elastalert.ElastAlertFile;
import dev.lockstep.elastalert.ElastAlertImport;
import dev.lockstep.elastalert.ImportSettings;
import dev.lockstep.elastalert.ImportedRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep rules import-elastalert}. */
@Command(
    name = "import-elastalert",
    mixinStandardHelpOptions = true,
    description = {
      "Turns the rules of ElastAlert 2 below a folder into Sigma rules and correlations, one file"
          + " for each, and tells what does not come over, with its place.",
      "refused: the rule is not written. lost: it is written, but without this. note: nothing is"
          + " lost that decides what is found, or only where events are unusual.",
      "Exit code 1 if anything is refused or lost."
    })
final class RulesImportElastAlertCommand implements Callable<Integer> {
  private static final Set<String> LOGSOURCE = Set.of("category", "product", "service");

  @Parameters(paramLabel = "DIR", description = "The folder of rules, or one rule.")
  private Path folder = Path.of(".");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT_DIR",
      description = "Where to write the rules. Without it nothing is written, only told.")
  private @Nullable Path output;

  @Option(
      names = "--logsource",
      paramLabel = "KEY=VALUE",
      split = ",",
      description = {
        "The log source of all rules, as in product=windows,service=security.",
        "Without it a rule has the product 'elastalert' and the service that its index is called."
      })
  private Map<String, String> logsource = new LinkedHashMap<>();

  @Option(
      names = "--text-field",
      paramLabel = "FIELD",
      split = ",",
      description =
          "A field that Elasticsearch takes apart into words, beside message and error.message:"
              + " texts are looked for anywhere in it.")
  private List<String> textFields = new ArrayList<>();

  @Option(
      names = "--overwrite",
      description = "Replace files of OUT_DIR that say something else by now.")
  private boolean overwrite;

  @Mixin private FormatOption format = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    checkLogsource();
    checkOutput();
    List<ImportedRule> rules = imported();
    if (output != null) {
      write(rules, output);
    }
    ElastAlertReport report = new ElastAlertReport(rules);
    switch (format.chosen()) {
      case TEXT ->
          report.print(
              spec.commandLine().getOut(),
              Colours.of(spec.commandLine().getColorScheme().ansi()),
              output != null);
      case JSON -> report.printJson(spec.commandLine().getOut());
    }
    return report.isComplete() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
  }

  private void checkLogsource() {
    for (Map.Entry<String, String> part : logsource.entrySet()) {
      if (!LOGSOURCE.contains(part.getKey()) || part.getValue().isBlank()) {
        throw CommandFailure.ofInput(
            "a log source has category, product and service, not '%s=%s'"
                .formatted(part.getKey(), part.getValue()));
      }
    }
  }

  /** What lies among the rules would be imported the next time. */
  private void checkOutput() {
    if (!Files.exists(folder)) {
      throw CommandFailure.ofInput("there is no file or folder " + folder);
    }
    if (output != null
        && Files.isDirectory(folder)
        && absolute(output).startsWith(absolute(folder))) {
      throw CommandFailure.ofInput("%s lies in %s".formatted(output, folder));
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private List<ImportedRule> imported() {
    try {
      ContentDirectory directory = ContentDirectory.read(folder);
      List<ElastAlertFile> files =
          Stream.concat(directory.rules().stream(), directory.tests().stream())
              .map(document -> file(document, directory))
              .toList();
      if (files.isEmpty()) {
        throw CommandFailure.ofInput("there are no rules (*.yaml, *.yml) below " + folder);
      }
      Set<String> words = new HashSet<>(ImportSettings.USUAL_TEXT_FIELDS);
      words.addAll(textFields);
      return ElastAlertImport.of(
          files,
          (rule, list) -> listOf(directory.fileOf(rule.path()), list),
          new ImportSettings(logsource, words));
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot read " + folder + ": " + e);
    }
  }

  private static ElastAlertFile file(RuleDocument document, ContentDirectory directory) {
    String shown = directory.fileOf(document.path()).normalize().toString();
    return new ElastAlertFile(document.path(), shown, document.text());
  }

  private static Optional<String> listOf(Path rule, String list) {
    try {
      return Optional.of(Files.readString(rule.resolveSibling(list), UTF_8));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Looks at all files before it writes the first. */
  private void write(List<ImportedRule> rules, Path target) throws IOException {
    Map<Path, String> files = new LinkedHashMap<>();
    for (ImportedRule rule : rules) {
      rule.text().ifPresent(text -> files.put(target.resolve(rule.path()), text));
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      if (!overwrite && isOther(file.getKey(), file.getValue())) {
        throw CommandFailure.ofInput(
            "%s is there already and says something else; --overwrite replaces it"
                .formatted(file.getKey()));
      }
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Files.createDirectories(file.getKey().toAbsolutePath().getParent());
      Files.writeString(file.getKey(), file.getValue(), UTF_8);
    }
  }

  private static boolean isOther(Path file, String text) throws IOException {
    return Files.exists(file)
        && !(Files.isRegularFile(file) && new String(Files.readAllBytes(file), UTF_8).equals(text));
  }
}
