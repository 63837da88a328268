package dev.lockstep.job.state;

import dev.lockstep.connector.wire.AlertRecord;
import org.jspecify.annotations.Nullable;

/** Alerts that are alike, in the period that goes on. A Flink POJO. */
public final class LimitedAlerts {

  /** End of the period in event time; its timer has this time. */
  public long untilMillis;

  /** How many were sent in it. */
  public int sent;

  /** How many were not sent, with those that they stood for. */
  public long suppressed;

  /** The first of them; null if there are none. */
  public @Nullable AlertRecord first;

  /** How many times as long as the rule says the period is. */
  public int factor = 1;

  public LimitedAlerts() {}
}
