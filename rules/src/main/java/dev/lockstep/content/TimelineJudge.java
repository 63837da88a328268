package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Judges the timelines of test files. */
final class TimelineJudge {
  private final RuleProgram program;
  private final CorrelationPlan plan;
  private final AlertingRules rules;

  /**
   * @param program whose rules capture what the correlations ask for
   */
  TimelineJudge(RuleProgram program, CorrelationPlan plan, AlertingRules rules) {
    this.program = program;
    this.plan = plan;
    this.rules = rules;
  }

  /**
   * Judges one case.
   *
   * @param found is told the ids of all correlations that found something, also silent ones
   */
  RuleTestResult judge(RuleTestCase test, Timeline timeline, Consumer<Set<String>> found) {
    TimelineGroups groups = new TimelineGroups(plan, test.customer());
    List<RaisedAlert> alerts = new ArrayList<>();
    for (TimelineEvent event : timeline.events()) {
      MatchResult result;
      try {
        result = program.judge(event.json().getBytes(UTF_8), test.customer());
      } catch (MalformedEventException e) {
        return problem(test, event, "cannot be read: " + e.getMessage());
      }
      if (!result.faults().isEmpty()) {
        return problem(test, event, "made a rule fail: " + result.faults().get(0).cause());
      }
      groups.feed(event, result.matches());
      result.matches().stream()
          .map(RuleMatch::rule)
          .filter(rule -> !plan.isSilent(rule.id()))
          .forEach(rule -> alerts.add(alertOf(rule, event)));
    }
    Set<String> finding = new TreeSet<>();
    for (TimelineGroups.Found one : groups.findUntil(timeline.untilMillis())) {
      finding.add(one.correlation().written().id());
      if (!plan.isSilent(one.correlation().written().id())) {
        alerts.add(alertOf(one));
      }
    }
    found.accept(finding);
    alerts.sort(Comparator.comparingLong(RaisedAlert::atMillis));
    return new RuleTestResult(
        test, List.of(), alerts, TimelineDifferences.of(timeline.alerts(), alerts, rules), "");
  }

  private static RuleTestResult problem(RuleTestCase test, TimelineEvent event, String what) {
    return new RuleTestResult(
        test, List.of(), List.of(), List.of(), "the event " + event.id() + " " + what);
  }

  private static RaisedAlert alertOf(SigmaRule rule, TimelineEvent event) {
    return new RaisedAlert(
        rule.id(),
        rule.title(),
        rule.level(),
        event.atMillis(),
        /* count= */ null,
        /* value= */ null,
        Map.of(),
        /* events= */ 1);
  }

  private static RaisedAlert alertOf(TimelineGroups.Found found) {
    SigmaCorrelation written = found.correlation().written();
    return new RaisedAlert(
        written.id(),
        written.title(),
        written.level(),
        found.finding().atMillis(),
        found.finding().count(),
        found.finding().value(),
        found.correlation().fieldsOf(found.group()),
        found.finding().events().size());
  }
}
