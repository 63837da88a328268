package dev.lockstep.cli;

import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.ParityRecord;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.statistics.comparison.EngineComparison;
import dev.lockstep.statistics.comparison.EngineComparison.Outcome;
import dev.lockstep.statistics.comparison.EngineReport;
import dev.lockstep.statistics.comparison.ParityCounts;
import dev.lockstep.statistics.comparison.Question;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares what two engines did for each customer, by their statistics of the same events and,"
          + " where there are any, by parity's verdicts on their alerts.",
      "Compares only periods that are complete in both engines and were judged by the same rules, and"
          + " says which others it leaves out. It does not judge engines that hold different bundles"
          + " or flag sets, do not run, or are behind.",
      "Exit code 0 if they agree, 1 if they differ beyond the tolerance or cannot be judged yet."
    })
final class CompareCommand implements Callable<Integer> {

  /** Verdicts are written after the events that they are about; clocks are not always right. */
  private static final Duration BEFORE_THE_VERDICT = Duration.ofHours(1);

  private static final Duration ASK_EVERY = Duration.ofSeconds(1);

  @Parameters(index = "0", paramLabel = "ENGINE", description = "The engine to compare with.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "ENGINE", description = "The engine to compare.")
  private String second = "";

  @Option(
      names = "--customer",
      paramLabel = "ID",
      split = ",",
      description = "These customers only (default: all).")
  private Set<String> customers = Set.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description =
          "Periods of event time that begin then or later: a time, or how long ago, such as 6h.")
  private @Nullable Moment since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Periods of event time that end then or earlier.")
  private @Nullable Moment until;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "0%",
      converter = Share.Converter.class,
      description = "Share of any number that may differ, such as 0.5%% (default: 0%%).")
  private Share tolerance = new Share(0);

  @Option(
      names = "--max-lag",
      paramLabel = "RECORDS",
      defaultValue = "100000",
      description =
          "An engine that is further behind is not judged (default: ${DEFAULT-VALUE} records).")
  private long maxLag;

  @Option(
      names = "--max-apart",
      paramLabel = "DURATION",
      defaultValue = "10m",
      converter = DemoCommand.DurationConverter.class,
      description =
          "Engines whose event time is further apart are not judged (default: ${DEFAULT-VALUE}).")
  private Duration maxApart = Duration.ofMinutes(10);

  @Option(names = "--all", description = "Show the rules that agree, too.")
  private boolean all;

  @Option(
      names = "--wait",
      description = "Wait until the engines can be judged, or --timeout is over.")
  private boolean wait;

  @Option(
      names = "--timeout",
      defaultValue = "60s",
      converter = DemoCommand.DurationConverter.class,
      description = "How long --wait waits (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(60);

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private JobOptions options = new JobOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (first.equals(second)) {
      throw CommandFailure.ofInput("an engine is compared with another one, was twice " + first);
    }
    LockstepConfig config = options.read();
    StatusLedger ledger =
        new StatusLedger(
            key ->
                (key.engine().equals(first) || key.engine().equals(second))
                    && (customers.isEmpty() || customers.contains(key.customer())));
    try (StatusTopics topics =
            StatusTopics.open(config, RulesStatusCommand.KAFKA_PATIENCE, ledger);
        EventLag lag = EventLag.open(config, RulesStatusCommand.KAFKA_PATIENCE)) {
      topics.missingTopics().stream()
          .filter(topic -> topic.equals(config.engineStatusTopic()))
          .forEach(this::warnOfMissing);
      Compared compared = look(config, topics, lag);
      return print(compared);
    } catch (IOException | KafkaException e) {
      throw CommandFailure.ofDependency(
          e.getMessage() + " (kafka.bootstrap-servers: " + config.kafka().bootstrapServers() + ")");
    }
  }

  private void warnOfMissing(String topic) {
    spec.commandLine().getErr().println("lockstep: there is no topic " + topic + " yet");
  }

  private Compared look(LockstepConfig config, StatusTopics topics, EventLag lag)
      throws IOException {
    long beginNanos = System.nanoTime();
    while (true) {
      Compared compared = compare(config, topics.ledger(), lag);
      long waited = System.nanoTime() - beginNanos;
      if (!wait || compared.outcome != Outcome.NOT_YET || waited >= timeout.toNanos()) {
        return compared;
      }
      long askedNanos = System.nanoTime();
      while (System.nanoTime() - askedNanos
          < Math.min(ASK_EVERY.toNanos(), timeout.toNanos() - waited)) {
        topics.follow();
      }
    }
  }

  private Compared compare(LockstepConfig config, StatusLedger ledger, EventLag lag)
      throws IOException {
    Instant now = Instant.now();
    Question question =
        new Question(
            customers,
            Moment.asOf(now, since),
            Moment.asOf(now, until),
            tolerance.value(),
            maxLag,
            maxApart,
            now);
    EngineReport one = EngineReports.of(ledger, first, lag.of(first));
    EngineReport other = EngineReports.of(ledger, second, lag.of(second));
    EngineComparison comparison = EngineComparison.of(one, other, question);
    ParityCounts parity = parity(config, comparison);
    return new Compared(
        one, other, comparison, parity, comparison.outcome(parity, tolerance.value()));
  }

  /** Verdicts on what is compared, and on nothing else. */
  private ParityCounts parity(LockstepConfig config, EngineComparison comparison)
      throws IOException {
    Instant from = comparison.from();
    Instant to = comparison.to();
    if (from == null || to == null) {
      return ParityCounts.NONE;
    }
    List<SummaryRecord> summaries = new ArrayList<>();
    PastRecords.read(
        config,
        List.of(config.parity().topic()),
        from.minus(BEFORE_THE_VERDICT),
        RulesStatusCommand.KAFKA_PATIENCE,
        record -> summary(record.value()).ifPresent(summaries::add));
    return ParityCounts.of(summaries, first, second, customers, from, to);
  }

  /** What is none is the concern of who writes there. */
  private static Optional<SummaryRecord> summary(byte @Nullable [] value) {
    try {
      ParityRecord record = value == null ? null : ParityJson.read(value);
      return record instanceof SummaryRecord summary ? Optional.of(summary) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private int print(Compared compared) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT ->
          new CompareText(out, Colours.of(spec.commandLine().getColorScheme().ansi()))
              .print(compared, tolerance, all);
      case JSON -> CompareJson.print(out, compared, tolerance);
    }
    return compared.outcome == Outcome.AGREE ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
  }

  /**
   * Two engines, and what comparing them came to.
   *
   * @param parity of the periods that are compared
   */
  record Compared(
      EngineReport first,
      EngineReport second,
      EngineComparison comparison,
      ParityCounts parity,
      Outcome outcome) {}
}
