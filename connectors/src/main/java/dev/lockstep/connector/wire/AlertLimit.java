package dev.lockstep.connector.wire;

/** How often alerts that are alike may be sent. A Flink POJO. */
public final class AlertLimit {
  /** The same for alerts that are alike. */
  public String key = "";

  /** When the alert's event happened, in milliseconds since the epoch. */
  public long atMillis;

  /** How long a period is, in milliseconds. */
  public long periodMillis;

  /** How many are sent in a period. */
  public int max;

  /** Whether periods double as long as there is something to suppress. */
  public boolean exponential;

  public AlertLimit() {}
}
