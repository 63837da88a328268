package dev.lockstep.flag;

import static java.util.Objects.requireNonNull;

/** Gives every subject the same answer: the configured one for when there is no flag data. */
public final class FixedDecisions implements FlagDecisions {

  /** The reason of each decision made here. */
  public static final String REASON = "FIXED";

  private final Disposition disposition;

  /** Lets every event in and sends every alert to {@code disposition}. */
  public FixedDecisions(Disposition disposition) {
    this.disposition = requireNonNull(disposition, "disposition is null");
  }

  @Override
  public FlagDecision<Boolean> ingress(FlagSubject subject) {
    return new FlagDecision<>(true, REASON);
  }

  @Override
  public FlagDecision<Disposition> egress(FlagSubject subject) {
    return new FlagDecision<>(disposition, REASON);
  }

  @Override
  public String version() {
    return "fixed-" + disposition.flagValue();
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
