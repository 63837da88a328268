package dev.lockstep.explain;

import dev.lockstep.event.Event;
import dev.lockstep.event.EventProjection;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.program.EventInquiry;
import dev.lockstep.sigma.SigmaRule;
import java.util.Set;

/** Explains the verdicts of rules on one event. Belongs to one thread. */
public final class RuleExplainer {
  private final DetectionExplainer detections;

  private RuleExplainer(Event event) {
    this.detections = new DetectionExplainer(new EventInquiry(event), new EventFields(event));
  }

  /** Reads a whole event, for it may be just what no rule names that explains a verdict. */
  public static RuleExplainer of(byte[] json) throws MalformedEventException {
    return new RuleExplainer(EventProjection.of(Set.of(), true).read(json));
  }

  /** Judges every part of the rule. */
  public Explanation explain(SigmaRule rule, String customer) {
    ConditionExplainer condition = new ConditionExplainer(rule.detections(), detections);
    return new Explanation(
        rule, customer, rule.appliesTo(customer), rule.condition().choose(condition));
  }
}
