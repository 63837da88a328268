package dev.lockstep.flag;

import java.util.Locale;

/** Where an alert of this engine goes; the values of the flag {@code lockstep-egress}. */
public enum Disposition {
  /** To the live lane: people are alerted. */
  LIVE,
  /** To the shadow lane: kept for comparison, nobody is alerted. */
  SHADOW,
  /** Nowhere; it is only counted. */
  OFF;

  /**
   * Returns the flag value that means this disposition: {@code live}, {@code shadow}, {@code off}.
   */
  public String flagValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
