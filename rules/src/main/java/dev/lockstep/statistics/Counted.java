package dev.lockstep.statistics;

import java.util.EnumSet;
import java.util.Set;

/** What is counted of a customer's period, each under labels of its own. */
public enum Counted {
  /** Events, by what became of them: {@link EventFate}. */
  EVENTS,
  /** What rules found, by rule; more than alerts where a rule has a budget or is suppressed. */
  MATCHES,
  /** Alerts of the live lane, by rule. */
  LIVE,
  /** Alerts of the shadow lane, by rule. */
  SHADOW,
  /** Alerts that no lane took, by rule. */
  OFF,
  /** Dead letters of the first try, by class. */
  DEAD_LETTERS,
  /** Events that were judged, by the version of the bundle that judged them. */
  BUNDLES,
  /** Events and alerts that were decided about, by the version of the flag set. */
  FLAGS,
  /**
   * Alerts of both lanes, by how long after their events their lane was decided: {@link Latency}.
   */
  LATENCY,
  /** What judging cost in nanoseconds, by rule: an estimate, of one event in many. */
  COST_NANOS;

  /** Those whose labels are rules. */
  static final Set<Counted> BY_RULE = EnumSet.of(MATCHES, LIVE, SHADOW, OFF, COST_NANOS);
}
