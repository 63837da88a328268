package dev.lockstep.statistics;

import java.util.Locale;

/** What became of events; each that came in was gated or judged, or turned out to be no event. */
public enum EventFate {
  IN,
  /** Not let in by the ingress flag. */
  GATED,
  JUDGED;

  /** The label that it is counted under, and its name in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
