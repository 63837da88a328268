package dev.lockstep.alert;

import java.util.Locale;

/** A way out for alerts. Each lane has its own topic, transactions and indices. */
public enum Lane {
  /** Alerts that people act on. */
  LIVE,
  /** Alerts that are kept and compared, and that nobody is woken by. */
  SHADOW;

  /** The lane's name in topics, indices and alert JSON: {@code live} or {@code shadow}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the lane of a wire name.
   *
   * @throws IllegalArgumentException if there is no such lane
   */
  public static Lane ofWireName(String wireName) {
    for (Lane lane : values()) {
      if (lane.wireName().equals(wireName)) {
        return lane;
      }
    }
    throw new IllegalArgumentException("lane must be live or shadow, was '" + wireName + "'");
  }
}
