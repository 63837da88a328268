package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.content.Content;
import dev.lockstep.content.RuleFile;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.program.RuleProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep match}. */
@Command(
    name = "match",
    mixinStandardHelpOptions = true,
    description = {
      "Judges events by single-event rules, without Flink.",
      "Prints {\"file\":…,\"line\":…,\"rules\":[…]} for each event that matches, in input order."
          + " Rule files with issues are left out, lines that are no events are passed over; both"
          + " are told on the error stream."
    })
final class MatchCommand implements Callable<Integer> {
  private static final double NANOS_PER_SECOND = 1e9;

  private final InputStream standardInput;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      required = true,
      description = "Rule file, or folder of rule files; may be given several times.")
  private List<Path> rules = List.of();

  @Mixin private PlaceholderOption placeholders = new PlaceholderOption();

  @Option(
      names = "--customer",
      paramLabel = "ID",
      defaultValue = "local",
      description =
          "Whose events they are, for rules that are not for everyone (default: ${DEFAULT-VALUE}).")
  private String customer = "";

  @Option(
      names = "--stats",
      description = "At the end, print one line of JSON with counts and speed to the error stream.")
  private boolean stats;

  @Mixin private MappingOption mapping = new MappingOption();

  @Parameters(
      paramLabel = "EVENTS",
      arity = "1..*",
      description = "Files of one JSON object a line; *.gz is decompressed, - is standard input.")
  private List<String> events = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  MatchCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() throws IOException {
    List<EventSource> sources = events.stream().map(EventSource::new).toList();
    sources.forEach(EventSource::requireReadable);
    PrintWriter err = spec.commandLine().getErr();
    FieldMapping asMapped = mapping.read();
    Content content = Content.read(RulePaths.read(rules, placeholders).rules());
    LoadedRules loaded = LoadedRules.of(content, asMapped, err);
    EventMatching matching =
        new EventMatching(loaded.program(), customer, spec.commandLine().getOut(), err);
    long start = System.nanoTime();
    for (EventSource source : sources) {
      run(matching, source);
    }
    if (stats) {
      printStats(matching, loaded, (System.nanoTime() - start) / NANOS_PER_SECOND, err);
    }
    return ExitCode.GOOD;
  }

  private void run(EventMatching matching, EventSource source) {
    try (InputStream in = source.open(standardInput)) {
      matching.run(source.name(), in);
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot read " + source.name() + ": " + e.getMessage());
    }
  }

  private static void printStats(
      EventMatching matching, LoadedRules loaded, double seconds, PrintWriter err)
      throws IOException {
    try (JsonGenerator json = JsonOutput.lines(err)) {
      json.writeStartObject();
      json.writeNumberField("events", matching.events());
      json.writeNumberField("matched", matching.matched());
      json.writeNumberField("malformed", matching.malformed());
      json.writeNumberField("seconds", Math.round(seconds * 1e6) / 1e6);
      json.writeNumberField("eventsPerSecond", Math.round(matching.events() / seconds));
      json.writeNumberField("rulesLoaded", loaded.count());
      json.writeNumberField("rulesRejected", loaded.rejected());
      json.writeEndObject();
    }
    err.println();
  }

  /** What the events are judged by. */
  private record LoadedRules(RuleProgram program, int count, long rejected) {

    /** Says on the error stream what is wrong with the files that are left out. */
    static LoadedRules of(Content content, FieldMapping mapping, PrintWriter err) {
      content.issues().forEach(err::println);
      content.warnings().forEach(warning -> err.println("warning: " + warning));
      if (content.ruleCount() == 0) {
        throw CommandFailure.ofInput("there is no good rule to judge by");
      }
      MappingCoverage.of(content.writtenRules(), mapping).warn(err);
      // In a file that was refused, a rule may be too broken to be told: it counts as one.
      long rejected =
          content.files().stream()
              .filter(file -> file instanceof RuleFile && !file.isGood())
              .mapToLong(file -> Math.max(1, ((RuleFile) file).rules().size()))
              .sum();
      RuleProgram program = RuleProgram.compile(mapping.apply(content.rules()));
      return new LoadedRules(program, content.ruleCount(), rejected);
    }
  }
}
