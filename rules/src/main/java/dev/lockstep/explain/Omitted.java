package dev.lockstep.explain;

/**
 * Parts that are not shown because there are too many.
 *
 * @param count how many
 * @param holding how many of them hold
 */
public record Omitted(int count, int holding) {

  /** Everything is shown. */
  public static final Omitted NONE = new Omitted(0, 0);
}
