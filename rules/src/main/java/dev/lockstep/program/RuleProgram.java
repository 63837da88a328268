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
 *
 * <p>Each value of an event is looked up once in the index of its field, which suspects the tests
 * that it may pass; only rules that can be true with these are evaluated, so the cost of an event
 * does not grow with the number of rules that have nothing to do with it.
 */
public final class RuleProgram {
  private final List<PlannedRule> planned;
  private final EventProjection projection;
  private final CandidateRules candidates;
  private final FramePool frames;

  RuleProgram(List<PlannedRule> planned, EventIndex index, EventProjection projection) {
    this.planned = List.copyOf(planned);
    this.projection = projection;
    this.candidates = new CandidateRules(planned, index.predicateCount());
    this.frames = new FramePool(() -> new EventFrame(index, candidates.words()));
  }

  /** Plans the rules, whose order the matches will have. */
  public static RuleProgram compile(Collection<SigmaRule> rules) {
    QuestionsInUse questions = new QuestionsInUse();
    rules.forEach(rule -> rule.detections().values().forEach(questions::add));
    SharedPredicates shared = new SharedPredicates(questions.counts());
    List<PlannedRule> planned = new ArrayList<>();
    for (SigmaRule rule : rules) {
      RulePlanner planner = new RulePlanner(rule.detections(), shared);
      planned.add(new PlannedRule(rule, planner.plan(rule.condition())));
    }
    return new RuleProgram(planned, shared.index(), questions.projection());
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
    List<RuleMatch> matches = new ArrayList<>();
    List<RuleFault> faults = new ArrayList<>();
    EventFrame frame = frames.take();
    try {
      frame.read(event);
      candidates.forEach(
          frame.suspects().suspected(),
          frame.marks(),
          rule -> judge(planned.get(rule), frame, customer, matches, faults));
    } finally {
      frames.giveBack(frame);
    }
    return new MatchResult(matches, faults);
  }

  private static void judge(
      PlannedRule rule,
      EventFrame frame,
      String customer,
      List<RuleMatch> matches,
      List<RuleFault> faults) {
    if (!rule.rule().appliesTo(customer)) {
      return;
    }
    try {
      rule.judge(frame).ifPresent(matches::add);
    } catch (RuntimeException e) {
      faults.add(new RuleFault(rule.rule(), e));
    }
  }
}
