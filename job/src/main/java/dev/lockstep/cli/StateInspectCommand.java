package dev.lockstep.cli;

import dev.lockstep.job.savepoint.SavepointReader;
import dev.lockstep.job.savepoint.SavepointSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep state inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Tells what a savepoint or checkpoint holds: of which job and engine it is, its operators with"
          + " their states and sizes, and the versions of rules and flags in force.",
      "Starts no job and changes nothing. Exit code 1 if operators are in it that this version of"
          + " Lockstep does not know: their state would be lost."
    })
final class StateInspectCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "SAVEPOINT",
      description =
          "Folder or URI of a savepoint or checkpoint (chk-N). Other file systems than this"
              + " machine's need Flink's plugin for them.")
  private String path = "";

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "The engine that it is of (default: the one that its transactions name).")
  private @Nullable String engine;

  @Mixin private FormatOption format = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    SavepointSummary summary = read();
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> SavepointText.print(out, summary);
      case JSON -> SavepointJson.print(out, summary);
    }
    return summary.operators().stream().allMatch(operator -> operator.uid() != null)
        ? ExitCode.GOOD
        : ExitCode.ANSWER_IS_NO;
  }

  private SavepointSummary read() {
    boolean local = !path.contains("://") && !path.startsWith("file:");
    if (local && !Files.exists(Path.of(path))) {
      throw CommandFailure.ofInput(path + ": there is no such folder");
    }
    String place = local ? Path.of(path).toAbsolutePath().normalize().toUri().toString() : path;
    try {
      return SavepointReader.read(place, engine);
    } catch (IOException e) {
      throw CommandFailure.ofInput(
          path + " is no savepoint or checkpoint that can be read: " + e.getMessage());
    }
  }
}
