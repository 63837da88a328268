package dev.lockstep.statistics.comparison;

/**
 * Periods of a customer that are not compared.
 *
 * @param periods how many
 */
public record LeftOut(String customer, Why why, int periods) {

  /** Why a period would not be fair to compare. */
  public enum Why {
    NOT_COMPLETE("not complete in both engines"),
    BEFORE_THE_FIRST("before the first period that both engines keep"),
    FIRST_OF_AN_ENGINE("the first period of an engine, which may have begun within it"),
    OTHER_EVENTS_LET_IN("the ingress flag let other events in"),
    OTHER_BUNDLES("judged by different bundles"),
    BUNDLES_EXCHANGED("rules were exchanged within it");

    private final String text;

    Why(String text) {
      this.text = text;
    }

    /** In words. */
    public String text() {
      return text;
    }
  }
}
