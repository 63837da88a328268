package dev.lockstep.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command failed; the stack trace is for {@code --debug}. */
final class FailureHandler implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
    CommandLine.Model.CommandSpec root = command.getCommandSpec().root();
    boolean debug = root.userObject() instanceof Lockstep lockstep && lockstep.debug();
    return report(e, command.getErr(), debug);
  }

  static int report(Throwable failure, PrintWriter err, boolean debug) {
    boolean expected = failure instanceof CommandFailure;
    if (expected) {
      err.println("lockstep: " + failure.getMessage());
    } else {
      err.println("lockstep: internal error: " + failure);
      err.println(
          "This is a fault of Lockstep: please open an issue with the command"
              + (debug ? " and the stack trace." : " and its output with --debug."));
    }
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return expected ? ((CommandFailure) failure).exitCode() : ExitCode.INTERNAL_ERROR;
  }
}
