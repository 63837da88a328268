package dev.lockstep.program;

import java.util.List;

/** The judgement of one event, matches and faults each in rule order. */
public record MatchResult(List<RuleMatch> matches, List<RuleFault> faults) {
  public MatchResult {
    matches = List.copyOf(matches);
    faults = List.copyOf(faults);
  }
}
