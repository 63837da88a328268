package dev.lockstep.connector.wire;

import dev.lockstep.alert.AlertHead;
import org.jspecify.annotations.Nullable;

/** An alert on its way out: what sinks route and key by, and its JSON. A Flink POJO. */
public final class AlertRecord {
  /** See {@link dev.lockstep.alert.AlertId}. */
  public String alertId = "";

  /** Customer id. */
  public String customer = "";

  /** Id of the rule that found it. */
  public String ruleId = "";

  /** Lane's wire name; empty until the egress gate has decided. */
  public String lane = "";

  /** As {@link dev.lockstep.alert.AlertJson} writes it. */
  public byte[] json = {};

  /** How often alerts like this one may be sent; null for always. */
  public @Nullable AlertLimit limit;

  /**
   * Up to what event time it had to wait, in milliseconds, because of how many there may be; 0 for
   * one that was sent at once.
   */
  public long waitedUntilMillis;

  /**
   * What the egress gate asks of it; null for one that comes out of state, which does not keep what
   * the JSON says, too.
   */
  public transient @Nullable AlertHead head;

  public AlertRecord() {}

  public AlertRecord(String alertId, String customer, String ruleId, String lane, byte[] json) {
    this.alertId = alertId;
    this.customer = customer;
    this.ruleId = ruleId;
    this.lane = lane;
    this.json = json;
  }
}
