package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagSetRefusedException;
import dev.lockstep.flag.FlagExplanations;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep flags explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says what the flags decide for a customer, and why: whether events are let in and, for a rule,"
          + " where its alerts go.",
      "The flags are those of --flags, or of the job with the same options.",
      "Exit code 1 if a job would refuse the flags, or cannot evaluate one of them here."
    })
final class FlagsExplainCommand implements Callable<Integer> {

  @Option(
      names = "--customer",
      paramLabel = "ID",
      required = true,
      description = "Whose event it is.")
  private String customer = "";

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "The engine that asks (default: engine.name of the options).")
  private @Nullable String engine;

  @Option(
      names = "--event",
      paramLabel = "ID",
      description =
          "The event. Without it, the answer for any event; where it differs from event to event,"
              + " that is said.")
  private @Nullable String event;

  @Mixin private RuleOption rule = new RuleOption();

  @Option(
      names = "--flags",
      paramLabel = "FILE",
      description =
          "Flag file in LaunchDarkly's format; may be given several times (default: the source of"
              + " the options).")
  private List<Path> files = List.of();

  @Option(
      names = "--customers",
      paramLabel = "FILE",
      description =
          "Customer directory, whose attributes flags may target (default: customers.file of the"
              + " options).")
  private @Nullable Path customers;

  @Option(
      names = "--timeout",
      defaultValue = "10s",
      converter = DemoCommand.DurationConverter.class,
      description = "How long to wait for LaunchDarkly (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(10);

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private JobOptions options = new JobOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LockstepConfig config = options.read();
    FlagQuestion question =
        new FlagQuestion(
            customer,
            engine == null ? config.engine() : engine,
            event,
            rule.read(spec.commandLine().getErr()));
    AskedFlags asked = AskedFlags.of(files, customers, config.flags());
    try (FlagExplanations flags = asked.open(timeout)) {
      FlagAnswers answers = FlagAnswers.of(flags, question, asked.origin());
      print(answers);
      return answers.allEvaluated() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
    } catch (FlagSetRefusedException e) {
      print(asked.origin(), e.reason());
      return ExitCode.ANSWER_IS_NO;
    }
  }

  private void print(FlagAnswers answers) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> new FlagAnswersText(out, colours()).print(answers);
      case JSON -> new FlagAnswersJson(out).print(answers);
    }
  }

  private void print(String origin, String refusal) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> new FlagAnswersText(out, colours()).printRefusal(origin, refusal);
      case JSON -> new FlagAnswersJson(out).printRefusal(origin, refusal);
    }
  }

  private Colours colours() {
    return Colours.of(spec.commandLine().getColorScheme().ansi());
  }
}
