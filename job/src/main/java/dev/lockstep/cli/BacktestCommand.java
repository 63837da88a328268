package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.content.Content;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.job.BacktestTopology;
import dev.lockstep.job.backtest.BacktestFiles;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.BacktestRun;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.statistics.Counts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep backtest}. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Judges events that Kafka still has by rules that are not in force, and tells which alerts they"
          + " would have raised, beside those that were raised in either lane. Nothing is written to"
          + " Kafka.",
      "Alerts are compared by their ids. Windows of correlations that began before --from are read,"
          + " too; what would be found at --to or later is not told, for nobody looks at what came"
          + " then.",
      "Exit code 1 if a rule failed, if there were no events, or if there are more new or gone alerts than --max-new or"
          + " --max-gone."
    })
final class BacktestCommand implements Callable<Integer> {

  private static final Duration TELL_EVERY = Duration.ofSeconds(5);

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      required = true,
      description = "Rule files, or a folder of them, to judge by.")
  private Path rules = Path.of("");

  @Mixin private PlaceholderOption placeholders = new PlaceholderOption();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      converter = Moment.Converter.class,
      description = "Alerts that occurred then or later: a time, or how long ago, such as 24h.")
  private @Nullable Moment from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "And before then (default: now).")
  private @Nullable Moment to;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      split = ",",
      description = "These customers only (default: all).")
  private Set<String> customers = Set.of();

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      converter = DemoCommand.DurationConverter.class,
      description =
          "How much earlier events are read, for windows that began before (default: the longest"
              + " timespan of the correlations).")
  private @Nullable Duration warmUp;

  @Option(
      names = "--max-new",
      paramLabel = "N",
      description = "Exit code 1 if more alerts would be new.")
  private @Nullable Integer maxNew;

  @Option(
      names = "--max-gone",
      paramLabel = "N",
      description = "Exit code 1 if more alerts would be gone.")
  private @Nullable Integer maxGone;

  @Option(
      names = "--write-new",
      paramLabel = "FILE",
      description = "Write the new alerts there, a line of JSON each.")
  private @Nullable Path writeNew;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private JobOptions options = new JobOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LockstepConfig config = options.read();
    Instant now = Instant.now();
    Instant begin = Moment.asOf(now, from);
    Instant end = to == null ? now : to.asOf(now);
    if (begin == null || !begin.isBefore(end)) {
      throw CommandFailure.ofInput(
          "--from must be before --to, were %s and %s".formatted(begin, end));
    }
    Content content = content();
    Duration before = warmUp == null ? longestTimespan(content) : warmUp;
    Path directory = Files.createTempDirectory("lockstep-backtest");
    try {
      BacktestOutcome outcome = run(config, content, begin, end, before, directory);
      return print(outcome);
    } finally {
      delete(directory);
    }
  }

  private Content content() {
    List<RuleDocument> documents = RulePaths.read(List.of(rules), placeholders).rules();
    Content content = Content.read(documents);
    if (!content.issues().isEmpty()) {
      content.issues().forEach(issue -> spec.commandLine().getErr().println(issue));
      throw CommandFailure.ofInput(
          Amount.of(content.issues().size(), "issue") + " in the rules: nothing was judged");
    }
    if (content.ruleCount() == 0) {
      throw CommandFailure.ofInput("there are no rules below " + rules);
    }
    return content;
  }

  private static Duration longestTimespan(Content content) {
    return content.correlations().stream()
        .map(SigmaCorrelation::timespan)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private BacktestOutcome run(
      LockstepConfig config,
      Content content,
      Instant begin,
      Instant end,
      Duration before,
      Path directory)
      throws IOException {
    LockstepConfig.Events events = config.events();
    // Records are found by when they were written, alerts by when events happened.
    Instant readFrom = begin.minus(before).minus(events.maxAhead());
    Instant readUntil = end.plus(events.lateness().allowed());
    BacktestFiles files = BacktestFiles.create(directory.resolve("results"));
    BacktestResults results = new BacktestResults(files);
    long beginNanos = System.nanoTime();
    List<BacktestAlert> raised = raised(config, readFrom, begin, end);
    try {
      BacktestRun.run(
          config,
          new BacktestTopology.Plan(content, customers, readFrom, readUntil),
          files,
          directory.resolve("flink"),
          new Telling(results));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.ofDependency("interrupted");
    } catch (Exception e) {
      throw CommandFailure.ofDependency(
          "%s (kafka.bootstrap-servers: %s, events.topic: %s)"
              .formatted(e.getMessage(), config.kafka().bootstrapServers(), events.topic()));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - beginNanos);
    List<BacktestAlert> candidates = new ArrayList<>();
    results.forEach(
        BacktestFiles.Kind.ALERTS,
        line ->
            BacktestAlert.read(line.getBytes(UTF_8))
                .filter(alert -> isAsked(alert, begin, end))
                .ifPresent(candidates::add));
    Counts counts = results.counts();
    BacktestResult result = BacktestResult.of(titles(content), candidates, raised, counts);
    if (BacktestResults.judged(counts) == 0) {
      spec.commandLine()
          .getErr()
          .println(
              "lockstep: there are no events to judge: %snone in topic %s was written from %s to %s, as far as Kafka still has them"
                  .formatted(
                      customers.isEmpty() ? "" : "of these customers, ",
                      events.topic(),
                      readFrom,
                      readUntil));
    }
    if (writeNew != null) {
      write(results, result, writeNew);
    }
    return new BacktestOutcome(
        rules.toString(),
        content.ruleCount(),
        content.bundle().version(),
        begin,
        end,
        before,
        BacktestResults.judged(counts),
        took,
        results.faults(),
        results.aFault(),
        result);
  }

  private static Map<String, String> titles(Content content) {
    Map<String, String> titles = new HashMap<>();
    content.writtenRules().forEach(rule -> titles.put(rule.id(), rule.title()));
    content.correlations().forEach(rule -> titles.put(rule.id(), rule.title()));
    return titles;
  }

  private List<BacktestAlert> raised(
      LockstepConfig config, Instant since, Instant begin, Instant end) {
    List<BacktestAlert> raised = new ArrayList<>();
    try {
      List<String> topics = config.alerts().topics();
      List<String> known =
          PastRecords.read(
              config,
              topics,
              since,
              RulesStatusCommand.KAFKA_PATIENCE,
              record ->
                  BacktestAlert.read(record.value())
                      .filter(alert -> isAsked(alert, begin, end))
                      .ifPresent(raised::add));
      topics.stream()
          .filter(topic -> !known.contains(topic))
          .forEach(
              topic ->
                  spec.commandLine()
                      .getErr()
                      .println("lockstep: there is no topic " + topic + " yet"));
      return raised;
    } catch (IOException e) {
      throw CommandFailure.ofDependency(
          e.getMessage() + " (kafka.bootstrap-servers: " + config.kafka().bootstrapServers() + ")");
    }
  }

  private boolean isAsked(BacktestAlert alert, Instant begin, Instant end) {
    return !alert.occurredAt().isBefore(begin)
        && alert.occurredAt().isBefore(end)
        && (customers.isEmpty() || customers.contains(alert.customer()));
  }

  private static void write(BacktestResults results, BacktestResult result, Path file) {
    try (BufferedWriter out = Files.newBufferedWriter(file, UTF_8)) {
      results.forEach(
          BacktestFiles.Kind.ALERTS,
          line -> {
            boolean added =
                BacktestAlert.read(line.getBytes(UTF_8))
                    .filter(alert -> result.newIds().contains(alert.id()))
                    .isPresent();
            if (added) {
              out.write(line);
              out.newLine();
            }
          });
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot write " + file + ": " + e);
    }
  }

  private int print(BacktestOutcome outcome) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT ->
          new BacktestText(out, Colours.of(spec.commandLine().getColorScheme().ansi()))
              .print(outcome);
      case JSON -> BacktestJson.print(out, outcome);
    }
    BacktestResult result = outcome.result();
    boolean good =
        outcome.events() > 0
            && outcome.faults().isEmpty()
            && (maxNew == null || result.added() <= maxNew)
            && (maxGone == null || result.gone() <= maxGone);
    return good ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  // On JDK 17, the only one that the build takes, it is null without a terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return System.console() != null;
  }

  /** Says now and then how far it has come, to those who sit before it. */
  private final class Telling implements Runnable {
    private final BacktestResults results;
    private final boolean terminal = isTerminal();
    private long toldNanos = System.nanoTime();

    Telling(BacktestResults results) {
      this.results = results;
    }

    @Override
    public void run() {
      if (!terminal || System.nanoTime() - toldNanos < TELL_EVERY.toNanos()) {
        return;
      }
      toldNanos = System.nanoTime();
      try {
        BacktestResults.Progress progress = results.progress();
        spec.commandLine()
            .getErr()
            .println("%,d events read, of %s".formatted(progress.events(), progress.upTo()));
      } catch (IOException e) {
        throw new UncheckedIOException("The files of the backtest cannot be read", e);
      }
    }
  }
}
