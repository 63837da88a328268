package dev.lockstep.cli;

/** The command line as tests of other packages call it. */
public final class LockstepCalls {
  private LockstepCalls() {}

  /** Runs a command, and returns what it printed; what it says of failures is thrown. */
  public static String out(String... arguments) {
    CommandRun run = CommandRun.of((Object[]) arguments);
    if (!run.err().isEmpty()) {
      throw new AssertionError(run.err());
    }
    return run.out();
  }
}
