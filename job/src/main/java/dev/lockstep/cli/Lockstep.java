package dev.lockstep.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code lockstep} command. */
@Command(
    name = "lockstep",
    mixinStandardHelpOptions = true,
    versionProvider = LockstepVersion.class,
    description = "A detection engine for security operations, on Apache Flink.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and all is good",
      "1:done, and the answer is no: an issue, a failed test, a difference",
      "2:wrong usage or input",
      "3:something that Lockstep needs is not there or failed",
      "70:a fault of Lockstep itself"
    },
    commandListHeading = "%nCommands:%n",
    footer = "%nRun 'lockstep COMMAND --help' for what a command takes.")
public final class Lockstep {

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace when a command fails.")
  private boolean debug;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Streams.ofProcess(), arguments));
  }

  static int run(Streams streams, String... arguments) {
    try {
      return Commands.of(streams).execute(arguments);
    } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
      // Left to the JVM it would end as 1, which says that the answer is no.
      return FailureHandler.report(e, streams.err(), true);
    } finally {
      streams.flush();
    }
  }

  boolean debug() {
    return debug;
  }
}
