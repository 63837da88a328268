package dev.lockstep.flag;

import java.util.List;

/** Explains {@link FixedDecisions}. */
public final class FixedExplanations implements FlagExplanations {

  private final FixedDecisions decisions;
  private final String decidedBy;

  /**
   * Lets every event in and sends every alert to {@code disposition}.
   *
   * @param decidedBy the name of what is asked in place of the flags
   */
  public FixedExplanations(Disposition disposition, String decidedBy) {
    this.decisions = new FixedDecisions(disposition);
    this.decidedBy = decidedBy;
  }

  @Override
  public FlagExplanation<Boolean> ingress(FlagSubject subject) {
    return explained(decisions.ingress(subject));
  }

  @Override
  public FlagExplanation<Disposition> egress(FlagSubject subject) {
    return explained(decisions.egress(subject));
  }

  private <T> FlagExplanation<T> explained(FlagDecision<T> decision) {
    return new FlagExplanation<>(
        decidedBy,
        /* flagVersion= */ null,
        decision,
        /* given= */ null,
        new FlagReason.Fixed(),
        List.of());
  }

  @Override
  public boolean egressAsksForRule() {
    return false;
  }

  @Override
  public List<String> doubts() {
    return List.of();
  }

  @Override
  public String version() {
    return decisions.version();
  }

  @Override
  public void close() {
    decisions.close();
  }
}
