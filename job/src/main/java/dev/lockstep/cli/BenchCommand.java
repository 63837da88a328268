package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.cli.report.BenchPage;
import dev.lockstep.content.Content;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.local.Repository;
import dev.lockstep.local.bench.Bench;
import dev.lockstep.local.bench.BenchComparison;
import dev.lockstep.local.bench.BenchResult;
import dev.lockstep.local.bench.BenchSettings;
import dev.lockstep.local.bench.EventMix;
import dev.lockstep.program.RuleProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the detection job on a real Kafka broker and an embedded Flink cluster, and beside it"
          + " a job that only reads, parses and writes the same bytes with the same guarantees: how"
          + " many events a second, how long alerts take, what checkpoints and a failure cost.",
      "Everything is on this machine, which should have nothing else to do.",
      "Exit code 1 if --compare finds a figure worse than --tolerance allows."
    })
final class BenchCommand implements Callable<Integer> {

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description =
          "Rule file, or folder of rule files; may be given several times (default: the rules that"
              + " ship). Files with issues are left out.")
  private List<Path> rules = List.of();

  @Mixin private PlaceholderOption placeholders = new PlaceholderOption();

  @Option(
      names = "--rule-count",
      paramLabel = "N",
      split = ",",
      description =
          "How many rule files, spread evenly over all: one load of each number (default: all).")
  private List<Integer> ruleCounts = List.of();

  @Option(
      names = "--events",
      paramLabel = "FILE",
      split = ",",
      description =
          "Files of one JSON object a line, *.gz is decompressed, which the stream is made of"
              + " (default: events that ship). They have no event_id, customer or @timestamp.")
  private List<String> events = List.of();

  @Mixin private MappingOption mapping = new MappingOption();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "How many events lie in the topic (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "How many of them are read before time is taken (default: a third).")
  private @Nullable Integer warmUp;

  @Option(
      names = "--match-rate",
      paramLabel = "SHARE",
      converter = Share.Converter.class,
      description = "Share of the events that a rule matches (default: as the files have it).")
  private @Nullable Share matchRate;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many customers there are (default: ${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--skew",
      paramLabel = "SHARE",
      split = ",",
      converter = Share.Converter.class,
      description =
          "Share of the events that the biggest customer has, such as 90%%; 0 for as many as the others: one load"
              + " of each (default: 0).")
  private List<Share> skews = List.of();

  @Option(
      names = "--stripes",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "events.stripes of the biggest customer where it has more (default: ${DEFAULT-VALUE}).")
  private int stripes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same events (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Of the jobs (default: the number of cores).")
  private @Nullable Integer parallelism;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Measure each load so often, in turns; the fastest counts (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--checkpoints",
      paramLabel = "DURATION",
      defaultValue = "5s",
      converter = DemoCommand.DurationConverter.class,
      description = "Time between two checkpoints (default: ${DEFAULT-VALUE}).")
  private Duration checkpoints = Duration.ofSeconds(5);

  @Option(
      names = "--latency",
      paramLabel = "DURATION",
      defaultValue = "40s",
      converter = DemoCommand.DurationConverter.class,
      description =
          "For how long alerts are timed, after up to 15 s of warming up and before a task manager is"
              + " killed; 0s leaves both out (default: ${DEFAULT-VALUE}).")
  private Duration latency = Duration.ofSeconds(40);

  @Option(
      names = "--latency-share",
      paramLabel = "SHARE",
      defaultValue = "50%",
      converter = Share.Converter.class,
      description =
          "At what share of the slowest load's events a second (default: ${DEFAULT-VALUE}).")
  private Share latencyShare = new Share(0.5);

  @Option(
      names = "--elasticsearch",
      description = "Measure the index job, too, on a real Elasticsearch node.")
  private boolean elasticsearch;

  @Option(
      names = "--flink",
      paramLabel = "OPTION=VALUE",
      description = "Option of Flink that wins over the bench's own; may be given several times.")
  private Map<String, String> flink = Map.of();

  @Option(
      names = "--directory",
      paramLabel = "FOLDER",
      description = "Empty folder for all data, which stays (default: a temporary one).")
  private @Nullable Path directory;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result there, for --compare.")
  private @Nullable Path jsonFile;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the result there as one page with plots that needs no network.")
  private @Nullable Path htmlFile;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Compare with an earlier result that --json wrote.")
  private @Nullable Path earlier;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      defaultValue = "10%",
      converter = Share.Converter.class,
      description =
          "By what share a figure may be worse than the earlier one (default: ${DEFAULT-VALUE}).")
  private Share tolerance = new Share(0.1);

  @Mixin private FormatOption format = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    BenchResult then = earlier == null ? null : BenchJson.read(earlier);
    BenchSettings settings = settings();
    BenchResult now;
    try {
      now = measured(settings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.ofDependency("interrupted");
    } catch (IllegalStateException e) {
      throw CommandFailure.ofDependency(String.valueOf(e.getMessage()));
    }
    BenchComparison comparison =
        then == null ? null : BenchComparison.of(now, then, tolerance.value());
    write(now, comparison);
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT ->
          new BenchText(out, Colours.of(spec.commandLine().getColorScheme().ansi()))
              .print(now, comparison);
      case JSON -> BenchJson.print(out, now, comparison);
    }
    return comparison == null || comparison.isGood() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
  }

  private BenchResult measured(BenchSettings settings) throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    long begin = System.nanoTime();
    try (BenchFolder folder = BenchFolder.create(directory)) {
      System.setProperty("lockstep.log.file", folder.path().resolve("lockstep.log").toString());
      return Bench.run(
          settings,
          folder.path(),
          line -> {
            err.println("%4d s  %s".formatted((System.nanoTime() - begin) / 1_000_000_000, line));
            err.flush();
          });
    }
  }

  private BenchSettings settings() throws IOException {
    Content content = content();
    List<RuleDocument> good =
        content.files().stream()
            .filter(file -> file.isGood())
            .map(file -> file.document())
            .toList();
    EventMix mix = mix(content);
    try {
      return new BenchSettings(
          good,
          ruleCounts.isEmpty() ? List.of(good.size()) : ruleCounts,
          skews.isEmpty() ? List.of(0.0) : skews.stream().map(Share::value).toList(),
          mapping.names(),
          matchRate == null ? mix : mix.withShare(matchRate.value()),
          count,
          warmUp == null ? count / 3 : warmUp,
          customers,
          stripes,
          seed,
          parallelism == null ? Runtime.getRuntime().availableProcessors() : parallelism,
          rounds,
          checkpoints,
          latency,
          latencyShare.value(),
          elasticsearch,
          flink);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    }
  }

  private Content content() {
    List<Path> paths = rules;
    if (paths.isEmpty()) {
      paths =
          List.of(
              Repository.find(Path.of("rules", "content"))
                  .orElseThrow(
                      () ->
                          CommandFailure.ofInput(
                              "there are no rules that ship here: name some by --rules")));
    }
    Content content = Content.read(RulePaths.read(paths, placeholders).rules());
    if (content.ruleCount() == 0) {
      throw CommandFailure.ofInput("there is no good rule to judge by");
    }
    if (!content.issues().isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              Amount.of(content.issues().size(), "issue")
                  + " in the rules: files with issues are left out (see lockstep rules check)");
    }
    return content;
  }

  private EventMix mix(Content content) throws IOException {
    if (events.isEmpty()) {
      return EventMix.shipped();
    }
    RuleProgram program = RuleProgram.compile(mapping.read().apply(content.rules()));
    List<String> lines = new ArrayList<>();
    for (String file : events) {
      EventSource source = new EventSource(file);
      source.requireReadable();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(source.open(InputStream.nullInputStream()), UTF_8))) {
        lines.addAll(EventMix.checked(file, reader.lines().toList()));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
      }
    }
    return EventMix.asTheyAre(lines, matches(program));
  }

  private static Predicate<String> matches(RuleProgram program) {
    return line -> {
      try {
        return !program.judge(line.getBytes(UTF_8), "customer-0").matches().isEmpty();
      } catch (MalformedEventException e) {
        throw CommandFailure.ofInput("an event cannot be read: " + e.getMessage() + ": " + line);
      }
    };
  }

  private void write(BenchResult now, @Nullable BenchComparison comparison) throws IOException {
    if (jsonFile != null) {
      StringWriter text = new StringWriter();
      PrintWriter writer = new PrintWriter(text);
      BenchJson.print(writer, now, comparison);
      writer.flush();
      WholeFile.write(jsonFile, text.toString().getBytes(UTF_8));
    }
    if (htmlFile != null) {
      WholeFile.write(htmlFile, BenchPage.of(now, comparison).getBytes(UTF_8));
    }
  }
}
