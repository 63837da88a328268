package dev.lockstep.sigma;

import java.util.Locale;

/** How much a match matters (Sigma specification, "Level"), from least to most. */
public enum RuleLevel {
  INFORMATIONAL,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** The word for it in rules and alerts. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }
}
