package dev.lockstep.job.config;

import java.util.List;

/** The options are not usable; the message lists all that is wrong, a line each. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidConfigException(List<String> problems) {
    super(
        "%d problem(s) with the options:%n  %s"
            .formatted(problems.size(), String.join("%n  ".formatted(), problems)));
    this.problems = List.copyOf(problems);
  }

  /** Each problem, naming the option and, for a file, where it stands. */
  public List<String> problems() {
    return problems;
  }
}
