package dev.lockstep.job.state;

/**
 * What happened to rules on their way into force, for the status of the engine. A Flink POJO.
 *
 * <p>Three places give notice: the check of what was delivered, once for all subtasks; each subtask
 * that judges, when rules are in force in it; and the check again when rules are quarantined.
 */
public final class ControlNotice {

  /** What a notice tells. */
  public enum Kind {
    /** A delivery passed the check; what of it is in force is on its way to the subtasks. */
    ACCEPTED,
    /** A delivery was refused as a whole; what was before stays in force. */
    REFUSED,
    /** Rules are in force in one subtask. */
    IN_FORCE,
    /** One subtask could not take rules into force and judges by those before. */
    FAILED,
    /** Other rules than before are quarantined. */
    QUARANTINE,
    /** A flag set is in force in one subtask. */
    FLAGS
  }

  /** Name of a {@link Kind}. */
  public String kind = "";

  /** Of the update in the control stream; 0 if refused. */
  public long sequence;

  /** Version of the bundle as it was delivered, or of the flag set. */
  public String version = "";

  /** When it happened, on the clock of the place that tells. */
  public long atMillis;

  /** The bundle archives of a delivery as a JSON array, for {@link Kind#ACCEPTED} and refused. */
  public String parts = "[]";

  /** When the delivery was put where its source found it; 0 if not known. */
  public long publishedAtMillis;

  /** Why, for {@link Kind#REFUSED} and {@link Kind#FAILED}. */
  public String reason = "";

  /** Number of the subtask, from 0, and how many there are; for notices of subtasks. */
  public int subtask;

  public int parallelism;

  /** Rules that are in force, of those without mapping, rejected and quarantined. */
  public int rulesInForce;

  public int rulesUncovered;
  public int rulesRejected;
  public int rulesQuarantined;

  public ControlNotice() {}

  /** A notice of what has just happened. */
  public ControlNotice(Kind kind, long sequence, String version, long atMillis) {
    this.kind = kind.name();
    this.sequence = sequence;
    this.version = version;
    this.atMillis = atMillis;
  }

  /** What this notice tells. */
  public Kind kind() {
    return Kind.valueOf(kind);
  }
}
