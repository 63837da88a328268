package dev.lockstep.cli;

import dev.lockstep.content.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep rules explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says why an event matches a rule or not: each part of the condition with its outcome and the"
          + " values seen.",
      "Without --rule, and with several rules, explains those that match; if none does, the nearest"
          + " misses.",
      "Exit code 0 if the event matches, 1 if not; of several events, 1 if any does not."
    })
final class RulesExplainCommand implements Callable<Integer> {
  private final InputStream standardInput;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      required = true,
      description = "Rule file, or folder of rule files; may be given several times.")
  private List<Path> rules = List.of();

  @Mixin private PlaceholderOption placeholders = new PlaceholderOption();

  @Mixin private MappingOption mapping = new MappingOption();

  @Option(
      names = "--rule",
      paramLabel = "ID|NAME|TITLE",
      description = "The rule to explain, whether it matches or not.")
  private @Nullable String rule;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      defaultValue = "local",
      description =
          "Whose events they are, for rules that are not for everyone (default: ${DEFAULT-VALUE}).")
  private String customer = "";

  @Option(
      names = "--line",
      paramLabel = "N",
      split = ",",
      description =
          "The line of the event, counted from 1; several with commas (default: the first"
              + " event).")
  private Set<Long> lines = Set.of();

  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      paramLabel = "EVENTS",
      description = "File of one JSON object a line; *.gz is decompressed, - is standard input.")
  private String events = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  RulesExplainCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() throws IOException {
    ExplainableRules explainable =
        ExplainableRules.of(load(), mapping.read(), rule, spec.commandLine().getErr());
    List<EventVerdict> verdicts = new ArrayList<>();
    for (EventLine line : ChosenLines.read(new EventSource(events), standardInput, lines)) {
      verdicts.add(explainable.judge(line, customer, spec.commandLine().getErr()));
    }
    print(verdicts, explainable, spec.commandLine().getOut());
    return verdicts.stream().allMatch(EventVerdict::matches)
        ? ExitCode.GOOD
        : ExitCode.ANSWER_IS_NO;
  }

  private Content load() {
    return Content.read(RulePaths.read(rules, placeholders).rules());
  }

  private void print(List<EventVerdict> verdicts, ExplainableRules explainable, PrintWriter out)
      throws IOException {
    switch (format.chosen()) {
      case TEXT -> {
        Colours colours = Colours.of(spec.commandLine().getColorScheme().ansi());
        new ExplanationText(out, colours, explainable).print(verdicts);
      }
      case JSON -> {
        ExplanationJson json = new ExplanationJson(out, explainable);
        for (EventVerdict verdict : verdicts) {
          json.print(verdict);
        }
      }
    }
  }
}
