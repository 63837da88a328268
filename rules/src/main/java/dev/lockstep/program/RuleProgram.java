package dev.lockstep.program;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

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
  private static final BitSet NONE_OFF = new BitSet();

  private final PlannedRule[] planned;
  private final CandidateRules candidates;
  private final FramePool frames;

  RuleProgram(List<PlannedRule> planned, EventIndex index) {
    this.planned = planned.toArray(PlannedRule[]::new);
    this.candidates = new CandidateRules(planned, index.predicateCount());
    this.frames = new FramePool(() -> new EventFrame(index, planned.size()));
  }

  /** Plans the rules, whose order the matches will have. */
  public static RuleProgram compile(Collection<SigmaRule> rules) {
    QuestionsInUse questions = new QuestionsInUse();
    rules.forEach(rule -> rule.detections().values().forEach(questions::add));
    SharedPredicates shared = new SharedPredicates(questions.counts());
    Set<Integer> necessary = new HashSet<>();
    for (PlannedRule draft : planned(rules, shared)) {
      necessary.addAll(draft.predicate().necessity().predicates());
    }
    shared.bind(necessary);
    return new RuleProgram(planned(rules, shared), shared.index());
  }

  private static List<PlannedRule> planned(Collection<SigmaRule> rules, SharedPredicates shared) {
    List<PlannedRule> planned = new ArrayList<>();
    for (SigmaRule rule : rules) {
      RulePlanner planner = new RulePlanner(rule.detections(), shared);
      planned.add(
          new PlannedRule(rule, planner.plan(rule.condition()), shared.slotsOf(rule.captures())));
    }
    return planned;
  }

  /** Returns the rules in the order they were given. */
  public List<SigmaRule> rules() {
    return Arrays.stream(planned).map(PlannedRule::rule).toList();
  }

  /**
   * Judges an event, one JSON object in UTF-8, by the rules that apply to the customer. A rule that
   * fails is a fault beside the matches of the others.
   *
   * @throws MalformedEventException if the bytes are no event
   */
  public MatchResult judge(byte[] json, String customer) throws MalformedEventException {
    Findings findings = new Findings(/* meter= */ null);
    judge(json, customer, NONE_OFF, findings);
    return findings.result();
  }

  /**
   * Judges an event by the rules that are not off, and adds to what was found.
   *
   * @param off positions among {@link #rules}; not changed any more
   * @throws MalformedEventException if the bytes are no event; nothing is added then
   */
  void judge(byte[] json, String customer, BitSet off, Findings findings)
      throws MalformedEventException {
    EventFrame frame = frames.take();
    try {
      frame.read(json);
      Judgement judgement = new Judgement(frame, customer, off, findings);
      candidates.forEach(frame.suspects().suspected(), frame.marks(), judgement);
    } finally {
      frames.giveBack(frame);
    }
  }

  /** Judges one event by one rule after the other. */
  private final class Judgement implements IntConsumer {
    private final EventFrame frame;
    private final String customer;
    private final BitSet off;
    private final Findings findings;

    Judgement(EventFrame frame, String customer, BitSet off, Findings findings) {
      this.frame = frame;
      this.customer = customer;
      this.off = off;
      this.findings = findings;
    }

    @Override
    public void accept(int number) {
      PlannedRule rule = planned[number];
      if (rule.appliesTo(customer) && !off.get(number)) {
        findings.ask(rule, frame);
      }
    }
  }
}
