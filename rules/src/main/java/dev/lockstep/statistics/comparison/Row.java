package dev.lockstep.statistics.comparison;

/**
 * One number of both engines.
 *
 * @param kind what is counted
 * @param label of the rule or class; empty where there is one number of its kind
 * @param difference how much differs, added up over the periods: what one engine has too many in
 *     one period does not make up for what it lacks in another
 * @param judged whether a difference counts; lanes are meant to differ while customers move
 * @param differs whether it counts, and is beyond the tolerance
 */
public record Row(
    Kind kind,
    String label,
    long first,
    long second,
    long difference,
    boolean judged,
    boolean differs) {

  /** What is counted. */
  public enum Kind {
    EVENTS_IN("events in"),
    EVENTS_GATED("events gated"),
    EVENTS_JUDGED("events judged"),
    MATCHES("matches"),
    ALERTS("alerts"),
    LIVE("live"),
    SHADOW("shadow"),
    OFF("off"),
    DEAD_LETTERS("dead letters"),
    RULE_MATCHES("matches"),
    RULE_ALERTS("alerts");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** In words. */
    public String text() {
      return text;
    }
  }
}
