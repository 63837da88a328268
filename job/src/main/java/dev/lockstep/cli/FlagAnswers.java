package dev.lockstep.cli;

import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagExplanations;
import dev.lockstep.flag.FlagReason;
import dev.lockstep.flag.ShadowStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the flags of one set say to a question.
 *
 * @param origin where the flags are from, in words
 * @param version the set's version
 * @param doubts what in the flags is likely not meant
 * @param egress after the rule's stage; null if it takes a rule to say
 */
record FlagAnswers(
    FlagQuestion question,
    String origin,
    String version,
    List<String> doubts,
    FlagExplanation<Boolean> ingress,
    @Nullable FlagExplanation<Disposition> egress) {

  private static final String OFF = "\"off\"";

  FlagAnswers {
    doubts = List.copyOf(doubts);
  }

  static FlagAnswers of(FlagExplanations flags, FlagQuestion question, String origin) {
    AskedRule rule = question.rule();
    boolean askable = rule != null || !flags.egressAsksForRule();
    return new FlagAnswers(
        question,
        origin,
        flags.version(),
        flags.doubts(),
        flags.ingress(question.subject()),
        askable
            ? staged(flags.egress(question.subject()), rule != null && rule.shadowOnly())
            : null);
  }

  private static FlagExplanation<Disposition> staged(
      FlagExplanation<Disposition> egress, boolean shadowOnly) {
    return new FlagExplanation<>(
        egress.flag(),
        egress.flagVersion(),
        ShadowStage.limit(egress.decision(), shadowOnly),
        egress.given(),
        egress.reason(),
        egress.eventParts());
  }

  /** Whether no flag that was asked is broken. */
  boolean allEvaluated() {
    return isEvaluated(ingress) && (egress == null || isEvaluated(egress));
  }

  /** Whether the answer is that of some events only, and the question does not say of which. */
  boolean isOpen(FlagExplanation<?> explanation) {
    return question.event() == null && !explanation.eventParts().isEmpty();
  }

  /** Whether the decision holds for every event that the question is about. */
  boolean isDecided(FlagExplanation<?> explanation) {
    return !isOpen(explanation) || isShadowByStage(explanation);
  }

  /** Whether percentages of events that go live or to shadow are all one to the rule. */
  private boolean isShadowByStage(FlagExplanation<?> explanation) {
    AskedRule rule = question.rule();
    return explanation.decision().value() == Disposition.SHADOW
        && rule != null
        && rule.shadowOnly()
        && !shares(explanation).isEmpty()
        && shares(explanation).stream().noneMatch(share -> share.given().equals(OFF));
  }

  /** The shares of events that get each answer, where nothing but percentages divides them. */
  List<FlagReason.Share> shares(FlagExplanation<?> explanation) {
    FlagReason.Rollout rollout = rollout(explanation.reason());
    return isOpen(explanation)
            && explanation.eventParts().size() == 1
            && rollout != null
            && rollout.contextKind().equals("event")
        ? rollout.shares()
        : List.of();
  }

  static FlagReason.@Nullable Rollout rollout(FlagReason reason) {
    if (reason instanceof FlagReason.RuleMatch match) {
      return match.rollout();
    }
    return reason instanceof FlagReason.Fallthrough fallthrough ? fallthrough.rollout() : null;
  }

  static boolean isEvaluated(FlagExplanation<?> explanation) {
    return !explanation.decision().reason().startsWith("ERROR");
  }
}
