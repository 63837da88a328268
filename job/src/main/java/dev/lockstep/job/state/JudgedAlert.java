package dev.lockstep.job.state;

/** A verdict on its way to explanation, summary and topic. A Flink POJO. */
public final class JudgedAlert {
  /** Alert id. */
  public String alertId = "";

  /** Customer id. */
  public String customer = "";

  /** Id of the rule. */
  public String ruleId = "";

  /** Engine whose copy {@link #json} is. */
  public String engine = "";

  /** Lane of that copy. */
  public String lane = "";

  /** Version of the flag set of that copy. */
  public String flags = "";

  /** Event time of the alert. */
  public long occurredAtMillis;

  /** As {@link dev.lockstep.parity.ParityJson} writes it. */
  public byte[] verdict = {};

  /** Whether the verdict that this one replaces was noise. */
  public boolean replacesNoise;

  /** The engines that had the alert live by the verdict that this one replaces, one a line. */
  public String replacesLive = "";

  /** Alert JSON, where an explanation may be looked for; else empty. */
  public byte[] json = {};

  /** Event time at which it waits no more for an explanation. */
  public long dueAtMillis;

  /** The same in processing time. */
  public long dueByMillis;

  public JudgedAlert() {}
}
