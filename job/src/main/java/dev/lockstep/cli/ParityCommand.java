package dev.lockstep.cli;

import static java.util.Objects.requireNonNull;

import dev.lockstep.job.config.ComparedOptions;
import dev.lockstep.job.config.InvalidConfigException;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.LocalRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep parity}. */
@Command(
    name = "parity",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the parity job on an embedded Flink cluster until Ctrl-C: it compares the alerts of the"
          + " engines parity.first and parity.second in both lanes, writes verdicts and summaries to"
          + " the topic parity.topic, and sends live what neither engine did while flags changed.",
      "For one machine; on a cluster submit the job jar with the class dev.lockstep.job.ParityJob"
          + " (see README.md). Run it once for a pair of engines."
    })
final class ParityCommand implements Callable<Integer> {

  @Mixin private JobOptions options = new JobOptions();

  @Option(
      names = "--state",
      defaultValue = "lockstep-parity-state",
      description = {
        "Folder of checkpoints and local state; the job goes on from its newest checkpoint there"
            + " (default: ${DEFAULT-VALUE})."
      })
  private Path state = Path.of("lockstep-parity-state");

  @Option(
      names = "--ui-port",
      defaultValue = "0",
      description = "Port of the Flink web UI, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int uiPort;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    LockstepConfig config = options.read();
    PrintWriter out = requireNonNull(spec, "picocli sets it").commandLine().getOut();
    try {
      ComparedOptions.engines(config);
      ComparedOptions.declarations(config);
    } catch (InvalidConfigException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    }
    try (LocalRun run = LocalRun.startParity(config, state, uiPort)) {
      out.println("Flink UI  " + run.uiUri());
      out.flush();
      run.awaitEnd();
      throw CommandFailure.ofDependency("the job ended: see the Flink UI's log");
    } catch (InvalidConfigException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    } catch (IllegalStateException | IOException | ExecutionException e) {
      throw CommandFailure.ofDependency(String.valueOf(e.getMessage()));
    }
  }
}
