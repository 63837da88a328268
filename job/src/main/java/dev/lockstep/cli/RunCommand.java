package dev.lockstep.cli;

import static java.util.Objects.requireNonNull;

import dev.lockstep.job.config.InvalidConfigException;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.config.LockstepOptions;
import dev.lockstep.local.LocalRun;
import dev.lockstep.local.Recovery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the detection job, and the index job where elasticsearch.mode says so, on an embedded"
          + " Flink cluster against the Kafka and Elasticsearch of the options, until Ctrl-C.",
      "For one machine; on a cluster submit the job jar (see README.md)."
    })
final class RunCommand implements Callable<Integer> {

  @Mixin private JobOptions options = new JobOptions();

  @Option(
      names = "--state",
      defaultValue = "lockstep-state",
      description = {
        "Folder of checkpoints and local state; a job goes on from its newest checkpoint there"
            + " (default: ${DEFAULT-VALUE})."
      })
  private Path state = Path.of("lockstep-state");

  @Option(
      names = "--ui-port",
      defaultValue = "8081",
      description = "Port of the Flink web UI, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int uiPort;

  @Option(
      names = "--from",
      paramLabel = "WHERE",
      description = {
        "Where the detection job begins instead: earliest, latest or a time such as"
            + " 2026-01-31T12:00:00Z (without state), or the folder of a savepoint. What is judged"
            + " again is sent to Kafka again, with the same alert ids."
      })
  private @Nullable String from;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Recovery recovery = recovery();
    LockstepConfig config =
        options.read(
            from != null && recovery instanceof Recovery.Nothing
                ? Map.of(LockstepOptions.EVENTS_FROM.key(), from)
                : Map.of());
    PrintWriter out = requireNonNull(spec, "picocli sets it").commandLine().getOut();
    try (LocalRun run = LocalRun.start(config, state, recovery, uiPort)) {
      out.println("Flink UI  " + run.uiUri());
      out.println("Metrics   " + run.metricsUri());
      out.flush();
      run.awaitEnd();
      throw CommandFailure.ofDependency("a job ended: see the Flink UI's log");
    } catch (InvalidConfigException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    } catch (IllegalStateException | IOException | ExecutionException e) {
      throw CommandFailure.ofDependency(String.valueOf(e.getMessage()));
    }
  }

  private Recovery recovery() {
    if (from == null) {
      return new Recovery.Newest();
    }
    Path folder = Path.of(from).toAbsolutePath();
    return Files.exists(folder.resolve("_metadata"))
        ? Recovery.Savepoint.of(folder)
        : new Recovery.Nothing();
  }
}
