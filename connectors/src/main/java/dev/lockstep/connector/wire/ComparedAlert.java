package dev.lockstep.connector.wire;

/** An engine's copy of an alert, as the comparison of engines reads it. A Flink POJO. */
public final class ComparedAlert {
  /** See {@link dev.lockstep.alert.AlertId}. */
  public String alertId = "";

  /** Customer id. */
  public String customer = "";

  /** Engine that sent it. */
  public String engine = "";

  /** Id of the rule that found it. */
  public String ruleId = "";

  /** The lane in whose topic it lies. */
  public String lane = "";

  /** Version of the bundle that its rule came in. */
  public String bundle = "";

  /** Version of the flag set that decided its lane. */
  public String flags = "";

  /** Event time. */
  public long occurredAtMillis;

  /** Whether the comparison itself has sent it. */
  public boolean rescued;

  /** How often it came. */
  public int times = 1;

  /** Whether {@link #json} is an outline. */
  public boolean outline;

  /** Alert JSON, or an outline of it once its fields are compared. */
  public byte[] json = {};

  public ComparedAlert() {}

  /** Returns another one with this JSON: what lies in state must not be changed. */
  public ComparedAlert with(byte[] otherJson, boolean isOutline) {
    ComparedAlert copy = new ComparedAlert();
    copy.alertId = alertId;
    copy.customer = customer;
    copy.engine = engine;
    copy.ruleId = ruleId;
    copy.lane = lane;
    copy.bundle = bundle;
    copy.flags = flags;
    copy.occurredAtMillis = occurredAtMillis;
    copy.rescued = rescued;
    copy.times = times;
    copy.outline = isOutline;
    copy.json = otherJson;
    return copy;
  }

  /** All copies of an alert, and only these, have the same. */
  public String key() {
    return alertId + "/" + customer;
  }
}
