package dev.lockstep.cli;

import java.util.List;

/**
 * What came of one line.
 *
 * @param rules ids of the rules that match, in rule order
 * @param problems what could not be judged; each is a line for the error stream
 * @param malformed whether the line is no event
 */
record LineVerdict(
    String file, long line, List<String> rules, List<String> problems, boolean malformed) {
  LineVerdict {
    rules = List.copyOf(rules);
    problems = List.copyOf(problems);
  }
}
