package dev.lockstep.flag;

/** The stage of rules whose authors keep them out of the live lane, whatever the flags say. */
public final class ShadowStage {

  /** The reason of a decision that the stage has changed. */
  public static final String REASON = "RULE_STAGE_SHADOW";

  private ShadowStage() {}

  /** Returns the decision, or shadow in place of live if the rule is {@code shadowOnly}. */
  public static FlagDecision<Disposition> limit(
      FlagDecision<Disposition> decision, boolean shadowOnly) {
    return decision.value() == Disposition.LIVE && shadowOnly
        ? new FlagDecision<>(Disposition.SHADOW, REASON)
        : decision;
  }
}
