package dev.lockstep.cli;

/** Ends a command with one line for the user and an exit code; no stack trace is shown. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The user gave something that cannot be used. */
  public static CommandFailure ofInput(String message) {
    return new CommandFailure(ExitCode.INPUT_ERROR, message);
  }

  /** Something that the command needs is not there or failed. */
  public static CommandFailure ofDependency(String message) {
    return new CommandFailure(ExitCode.DEPENDENCY_FAILED, message);
  }

  int exitCode() {
    return exitCode;
  }
}
