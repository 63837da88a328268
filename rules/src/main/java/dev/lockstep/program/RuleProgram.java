package dev.lockstep.program;

import dev.lockstep.event.Event;
import dev.lockstep.event.EventProjection;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Rules, planned once, that judge any number of events. Immutable and safe for use by many threads.
 *
 * <p>A rule's logsource does not take part in the judgement: no mapping from events to log sources
 * is known here.
 */
public final class RuleProgram {
  private final List<PlannedRule> planned;
  private final EventProjection projection;

  RuleProgram(List<PlannedRule> planned, EventProjection projection) {
    this.planned = List.copyOf(planned);
    this.projection = projection;
  }

  /** Plans the rules, whose order the matches will have. */
  public static RuleProgram compile(Collection<SigmaRule> rules) {
    FieldsInUse fields = new FieldsInUse();
    List<PlannedRule> planned = new ArrayList<>();
    for (SigmaRule rule : rules) {
      rule.detections().values().forEach(fields::add);
      planned.add(new PlannedRule(rule, new RulePlanner(rule.detections()).plan(rule.condition())));
    }
    return new RuleProgram(planned, fields.projection());
  }

  /** Returns the rules in the order they were given. */
  public List<SigmaRule> rules() {
    return planned.stream().map(PlannedRule::rule).toList();
  }

  /** Reads just as much of an event as these rules need to judge it. */
  public EventProjection projection() {
    return projection;
  }

  /**
   * Judges an event that {@link #projection} read, by the rules that apply to the customer. A rule
   * that fails is a fault beside the matches of the others.
   */
  public MatchResult match(Event event, String customer) {
    EventFrame frame = new EventFrame(event);
    List<RuleMatch> matches = new ArrayList<>();
    List<RuleFault> faults = new ArrayList<>();
    for (PlannedRule rule : planned) {
      if (rule.rule().appliesTo(customer)) {
        try {
          rule.judge(frame).ifPresent(matches::add);
        } catch (RuntimeException e) {
          faults.add(new RuleFault(rule.rule(), e));
        }
      }
    }
    return new MatchResult(matches, faults);
  }
}
