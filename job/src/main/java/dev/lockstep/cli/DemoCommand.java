package dev.lockstep.cli;

import static java.util.Objects.requireNonNull;

import dev.lockstep.local.Demo;
import dev.lockstep.local.DemoConsole;
import dev.lockstep.local.DemoSettings;
import dev.lockstep.local.MigrationDemo;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the main job on embedded defaults: a real Kafka broker, a real Elasticsearch node and an"
          + " embedded Flink cluster, all on loopback, fed with a realistic stream and, for one"
          + " customer, with log files.",
      "Exit code 0 when Kafka and Elasticsearch agree at the end and every alert that must come of"
          + " the files is there once, 1 when not."
    })
final class DemoCommand implements Callable<Integer> {

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

  @Option(
      names = "--migration",
      description = {
        "Show a migration instead: customers move from one engine to another by themselves, with a"
            + " regression that parity finds. It takes three minutes and ends with a report; of the"
            + " other options only --directory counts.",
        "Exit code 1 if an alert is lost or doubled in the end."
      })
  private boolean migration;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    boolean terminal = isTerminal();
    PrintWriter out = requireNonNull(spec, "picocli sets it").commandLine().getOut();
    if (migration) {
      return migrate(new DemoConsole(out, terminal));
    }
    try (Demo demo = new Demo(settings(), new DemoConsole(out, terminal), terminal)) {
      Runtime.getRuntime().addShutdownHook(new Thread(demo::abandon, "demo-shutdown"));
      return demo.run() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
    } catch (UncheckedIOException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    } catch (IllegalStateException | IOException e) {
      throw CommandFailure.ofDependency(String.valueOf(e.getMessage()));
    }
  }

  private int migrate(DemoConsole console) throws Exception {
    try (MigrationDemo demo = new MigrationDemo(console, DemoCommand::run, directory)) {
      Runtime.getRuntime().addShutdownHook(new Thread(demo::abandon, "demo-shutdown"));
      return demo.run() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
    } catch (UncheckedIOException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    } catch (IllegalStateException | IOException e) {
      throw CommandFailure.ofDependency(String.valueOf(e.getMessage()));
    }
  }

  /** Runs a command as another process would, without colours. */
  private static MigrationDemo.Outcome run(List<String> arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    Streams streams = new Streams(InputStream.nullInputStream(), writer, writer);
    CommandLine command =
        Commands.of(streams).setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    int exitCode = command.execute(arguments.toArray(new String[0]));
    writer.flush();
    return new MigrationDemo.Outcome(exitCode, output.toString());
  }

  private DemoSettings settings() {
    try {
      return new DemoSettings(
          duration, events, rate, !noElasticsearch, keepRunning, killTaskAfter, uiPort, directory);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    }
  }

  // On the Java that we run on, no console does mean no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return System.console() != null && System.getenv("NO_COLOR") == null;
  }

  /** Durations as Flink's options write them. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return TimeUtils.parseDuration(value);
    }
  }
}
