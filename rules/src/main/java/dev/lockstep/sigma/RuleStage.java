package dev.lockstep.sigma;

import java.util.Locale;

/** Whether a rule's alerts may go live at all; {@code SHADOW} is stronger than any flag. */
public enum RuleStage {
  LIVE,
  SHADOW;

  /** The word for it in rules and alerts. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }
}
