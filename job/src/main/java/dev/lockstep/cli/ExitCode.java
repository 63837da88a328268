package dev.lockstep.cli;

/** What the process says at its end, the same for every command. */
public final class ExitCode {
  /** Done, and all is good. */
  public static final int GOOD = 0;

  /** Done, and the answer is no: an issue, a failed test, a difference. */
  public static final int ANSWER_IS_NO = 1;

  /** Not done: what the user gave cannot be used. */
  public static final int INPUT_ERROR = 2;

  /** Not done: something that Lockstep needs is not there or failed. */
  public static final int DEPENDENCY_FAILED = 3;

  /** Not done: a fault of Lockstep itself, with the number that sysexits.h has for it. */
  public static final int INTERNAL_ERROR = 70;

  private ExitCode() {}
}
