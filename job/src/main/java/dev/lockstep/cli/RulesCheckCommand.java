package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.content.Content;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.program.RuleProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep rules check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Parses and compiles rules, and prints every issue as FILE:LINE:COLUMN: MESSAGE.",
      "With a mapping, also counts the rules that judge nothing because it does not know their"
          + " logsource; these are no issues.",
      "Exit code 1 if there is any issue; filters that are added to no rule are warned of only."
    })
final class RulesCheckCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Rule files, or folders of *.yml and *.yaml files.")
  private List<Path> paths = List.of();

  @Mixin private PlaceholderOption placeholders = new PlaceholderOption();

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private MappingOption mapping = new MappingOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    List<RuleDocument> documents = RulePaths.read(paths, placeholders).rules();
    if (documents.isEmpty()) {
      throw CommandFailure.ofInput("there are tests but no rules below " + paths);
    }
    Content content = Content.read(documents);
    FieldMapping asMapped = mapping.read();
    RuleProgram.compile(asMapped.apply(content.rules()));
    Optional<MappingCoverage> coverage =
        mapping.isGiven()
            ? Optional.of(MappingCoverage.of(content.writtenRules(), asMapped))
            : Optional.empty();
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> {
        new RulesCheckText(out, Colours.of(spec.commandLine().getColorScheme().ansi()))
            .print(content);
        coverage.ifPresent(known -> known.print(out));
      }
      case JSON -> printJson(content, coverage, out);
    }
    return content.issues().isEmpty() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
  }

  private static void printJson(
      Content content, Optional<MappingCoverage> coverage, PrintWriter out) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeNumberField("files", content.files().size());
      json.writeNumberField("goodRules", content.ruleCount());
      JsonOutput.writeIssues(json, "issues", content.issues());
      JsonOutput.writeIssues(json, "warnings", content.warnings());
      if (coverage.isPresent()) {
        coverage.get().write(json);
      }
      json.writeEndObject();
    }
    out.println();
  }
}
