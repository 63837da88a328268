package dev.lockstep.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rules found in one event; belongs to one thread. */
final class Findings {
  private final @Nullable RuleMeter meter;
  private final List<RuleMatch> matches = new ArrayList<>();
  private final List<RuleFault> faults = new ArrayList<>();

  /**
   * @param meter is told what each rule costs, if that is to be known
   */
  Findings(@Nullable RuleMeter meter) {
    this.meter = meter;
  }

  MatchResult result() {
    return new MatchResult(matches, faults);
  }

  /** A rule that fails is a fault beside the matches of the others. */
  void ask(PlannedRule rule, EventFrame frame) {
    long begin = meter == null ? 0 : meter.nanos();
    try {
      RuleMatch match = rule.judge(frame);
      if (match != null) {
        matches.add(match);
      }
    } catch (RuntimeException e) {
      faults.add(new RuleFault(rule.rule(), e));
    }
    if (meter != null) {
      meter.spent(rule.rule(), meter.nanos() - begin);
    }
  }
}
