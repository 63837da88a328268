package dev.lockstep.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code lockstep demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the main job on embedded defaults: a real Kafka broker, a real Elasticsearch node and an"
          + " embedded Flink cluster, all on loopback, fed with a realistic stream.",
      "Exit code 0 when Kafka and Elasticsearch agree at the end, 1 when not."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int DISAGREE = 1;
  private static final int DEPENDENCY_FAILED = 3;

  @Option(
      names = "--duration",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long events are sent, such as 60s or 5m (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ofSeconds(60);

  @Option(
      names = "--events",
      defaultValue = "1000000000",
      description = "Stop after this many events, if that is sooner.")
  private long events;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Events a second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--no-elasticsearch",
      description = "Leave out Elasticsearch and the index job: starts sooner.")
  private boolean noElasticsearch;

  @Option(names = "--keep-running", description = "Leave everything up until Ctrl-C.")
  private boolean keepRunning;

  @Option(
      names = "--kill-task-after",
      converter = DurationConverter.class,
      description = "Kill a Flink task manager after this time, to see that no count changes.")
  private @Nullable Duration killTaskAfter;

  @Option(
      names = "--ui-port",
      defaultValue = "8081",
      description = "Port of the Flink web UI, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int uiPort;

  @Option(
      names = "--directory",
      description =
          "Empty folder for rules, flags, log and data, which stays afterwards (default: a temporary"
              + " one).")
  private @Nullable Path directory;

  @Override
  // On the Java that we run on, no console does mean no terminal; and what is closed is the demo,
  // not
  // the stream that it writes to.
  @SuppressWarnings({"SystemConsoleNull", "ClosingStandardOutputStreams"})
  public Integer call() throws Exception {
    boolean terminal = System.console() != null && System.getenv("NO_COLOR") == null;
    DemoSettings settings =
        new DemoSettings(
            duration,
            events,
            rate,
            !noElasticsearch,
            keepRunning,
            killTaskAfter,
            uiPort,
            directory);
    try (Demo demo = new Demo(settings, new DemoConsole(System.out, terminal), terminal)) {
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-shutdown"));
      return demo.run(shippedRules()) ? 0 : DISAGREE;
    } catch (IllegalStateException e) {
      System.err.println("lockstep demo: " + e.getMessage());
      return DEPENDENCY_FAILED;
    }
  }

  private static Path shippedRules() {
    return Repository.find(Path.of("rules", "content"))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No rules/content in or above " + Repository.starts() + ": run it in a clone"));
  }

  /** Durations as Flink's options write them. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return TimeUtils.parseDuration(value);
    }
  }
}
