package dev.lockstep.job.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.customer.ParsedCustomers;

/**
 * A whole rule bundle, flag set or customer directory on its way to every operator, and as it lies
 * in state. A Flink POJO. Payloads are text, not compiled forms: state stays small and a compiler
 * fix needs no migration.
 */
public final class ControlUpdate {

  /** What an update carries. */
  public enum Kind {
    /** An encoded {@link Delivery}; where not all of it is in force, one of what is. */
    RULES,
    /** A flag set as {@link dev.lockstep.flag.FlagSetReader} takes it, in UTF-8. */
    FLAGS,
    /** A customer directory as {@link CustomerDirectory#parse} takes it, in UTF-8. */
    CUSTOMERS,
    /** The rules that are in quarantine, all of them: a {@link Quarantine}. */
    QUARANTINE,
    /** An encoded {@link Delivery} of the files that correlations are planned from. */
    CORRELATIONS
  }

  /** Name of a {@link Kind}; also the key of its state. */
  public String kind = "";

  /** Grows with each update of the control stream; an operator ignores what is not newer. */
  public long sequence;

  /** Version of the bundle as it was delivered, or empty for what is in none. */
  public String version = "";

  /** See {@link Kind}. */
  public byte[] payload = {};

  public ControlUpdate() {}

  private ControlUpdate(Kind kind, String version, byte[] payload) {
    this.kind = kind.name();
    this.version = version;
    this.payload = payload;
  }

  /** An update that carries an encoded delivery, or what is in force of it. */
  public static ControlUpdate ofRules(String version, byte[] rules) {
    return new ControlUpdate(Kind.RULES, version, rules);
  }

  /** An update that carries the encoded files of correlations. */
  public static ControlUpdate ofCorrelations(String version, byte[] correlated) {
    return new ControlUpdate(Kind.CORRELATIONS, version, correlated);
  }

  /** An update that carries the flag set. */
  public static ControlUpdate ofFlags(String flagSet) {
    return new ControlUpdate(Kind.FLAGS, "", flagSet.getBytes(UTF_8));
  }

  /** An update that carries the customer directory. */
  public static ControlUpdate ofCustomers(String directory) {
    return new ControlUpdate(Kind.CUSTOMERS, "", directory.getBytes(UTF_8));
  }

  /** An update that carries an encoded quarantine. */
  public static ControlUpdate ofQuarantine(byte[] quarantine) {
    return new ControlUpdate(Kind.QUARANTINE, "", quarantine);
  }

  /** The quarantine of an update of it. */
  public Quarantine quarantine() {
    return Quarantine.decode(payload);
  }

  /** Returns the same update at its place in the control stream. */
  public ControlUpdate at(long position) {
    ControlUpdate placed = new ControlUpdate(kind(), version, payload);
    placed.sequence = position;
    return placed;
  }

  /** What this update carries. */
  public Kind kind() {
    return Kind.valueOf(kind);
  }

  /** The bundle of an update of rules or correlations. */
  public RuleBundle bundle() {
    return Delivery.decode(payload).bundle();
  }

  /** The flag set of an update of flags. */
  public String flagSet() {
    return new String(payload, UTF_8);
  }

  /** The directory of an update of customers; it is empty when there are issues. */
  public ParsedCustomers customers() {
    return CustomerDirectory.parse("customers.file", new String(payload, UTF_8));
  }
}
