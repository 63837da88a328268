package dev.lockstep.cli;

import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep rules status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Tells which bundle is in force in which engine, and which rules are rejected, quarantined or"
          + " capped, since when and why.",
      "With --wait, returns as soon as a version is in force on all subtasks. Exit code 1 if it was"
          + " refused, has rejected rules, or is not in force in time."
    })
final class RulesStatusCommand implements Callable<Integer> {
  static final Duration KAFKA_PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "This engine only (default: all that have a status).")
  private @Nullable String engine;

  @Option(names = "--all", description = "List the rules that are accepted or expired, too.")
  private boolean all;

  @Option(
      names = "--wait",
      paramLabel = "VERSION",
      description =
          "Wait until this version, of a bundle or of a part of it, is in force everywhere; its"
              + " first 8 hex digits are enough.")
  private @Nullable String version;

  @Option(
      names = "--timeout",
      defaultValue = "60s",
      converter = DemoCommand.DurationConverter.class,
      description = "How long to wait (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(60);

  @Option(
      names = "--allow-rejected",
      description = "Rules that were rejected do not make --wait end with 1.")
  private boolean allowRejected;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private JobOptions options = new JobOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    StatusWait wait = version == null ? null : new StatusWait(version, engine, timeout);
    LockstepConfig config = options.read();
    long startNanos = System.nanoTime();
    try (StatusTopics topics = StatusTopics.open(config, KAFKA_PATIENCE)) {
      PrintWriter err = spec.commandLine().getErr();
      topics
          .missingTopics()
          .forEach(topic -> err.println("lockstep: there is no topic " + topic + " yet"));
      StatusWait.End end = wait == null ? null : await(wait, topics, startNanos, err);
      topics
          .ledger()
          .unreadable()
          .forEach(what -> err.println("lockstep: cannot read the " + Displayed.safe(what)));
      return print(topics.ledger(), end);
    } catch (IOException | KafkaException e) {
      throw CommandFailure.ofDependency(
          e.getMessage() + " (kafka.bootstrap-servers: " + config.kafka().bootstrapServers() + ")");
    }
  }

  private static StatusWait.End await(
      StatusWait wait, StatusTopics topics, long startNanos, PrintWriter err) throws IOException {
    boolean terminal = isTerminal();
    String told = "";
    while (true) {
      Duration waited = Duration.ofNanos(System.nanoTime() - startNanos);
      Optional<StatusWait.End> end = wait.look(topics.ledger(), waited);
      if (end.isPresent()) {
        if (end.get().outcome() == StatusWait.Outcome.TIMED_OUT) {
          topics.requireAnswer();
        }
        return end.get();
      }
      String present = wait.present(topics.ledger());
      if (terminal && !present.equals(told)) {
        err.println("waiting: " + Displayed.safe(present));
        told = present;
      }
      topics.follow();
    }
  }

  // On JDK 17, the only one that the build takes, it is null without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return System.console() != null;
  }

  private int print(StatusLedger ledger, StatusWait.@Nullable End end) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<EngineState> engines = ledger.engines(engine);
    switch (format.chosen()) {
      case TEXT -> {
        Colours colours = Colours.of(spec.commandLine().getColorScheme().ansi());
        StatusText text = new StatusText(out, colours);
        if (end == null) {
          text.print(engines, ledger, all);
        } else {
          text.print(end);
        }
      }
      case JSON -> StatusJson.print(out, engines, ledger, all, end);
    }
    if (end == null) {
      return engine == null || !engines.isEmpty() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
    }
    return switch (end.outcome()) {
      case IN_FORCE -> ExitCode.GOOD;
      case REJECTED_RULES -> allowRejected ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
      case REFUSED, TIMED_OUT -> ExitCode.ANSWER_IS_NO;
    };
  }
}
