package dev.lockstep.sigma;

import java.util.Locale;

/** How far a rule is trusted by its author (Sigma specification, "Status"). */
public enum RuleStatus {
  STABLE,
  TEST,
  EXPERIMENTAL,
  DEPRECATED,
  UNSUPPORTED;

  /** The word for it in rules and alerts. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }
}
