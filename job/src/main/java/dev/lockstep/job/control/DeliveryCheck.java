package dev.lockstep.job.control;

import dev.lockstep.content.ContentMemory;
import dev.lockstep.content.ContentReview;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a delivery comes into force, given what was delivered before; refuses one whole
 * that would take away too many rules at once, since that is how a lost folder or a wrong branch
 * looks.
 */
final class DeliveryCheck {

  private static final RuleBundle NOTHING = new RuleBundle(List.of());

  private final double maxRemovedShare;
  private final ContentMemory memory = ContentMemory.ofReview();
  private @Nullable RuleBundle delivered;
  private @Nullable RuleBundle effective;

  /**
   * @param maxRemovedShare of the rules in force, 0 to 1
   * @param delivered the last delivery that was not refused; null if there was none
   * @param effective what is in force of it
   */
  DeliveryCheck(
      double maxRemovedShare, @Nullable RuleBundle delivered, @Nullable RuleBundle effective) {
    this.maxRemovedShare = maxRemovedShare;
    this.delivered = delivered;
    this.effective = effective;
  }

  /** Checks a delivery. If it is accepted, later ones are compared with it. */
  Outcome check(Delivery delivery) {
    RuleBundle before = delivered == null ? NOTHING : delivered;
    RuleBundle inForce = effective == null ? NOTHING : effective;
    ContentReview review = ContentReview.of(delivery.bundle(), before, inForce, memory);
    String refusal = delivery.removalMeant() ? null : refusal(review);
    boolean changed = effective == null || !effective.equals(review.effective());
    if (refusal == null) {
      changed |= delivered == null || !delivered.equals(delivery.bundle());
      delivered = delivery.bundle();
      effective = review.effective();
    }
    return new Outcome(review, refusal, changed);
  }

  private @Nullable String refusal(ContentReview review) {
    int removed = review.rulesRemoved();
    int before = review.rulesBefore();
    if (removed <= maxRemovedShare * before) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "it would remove %d of %d rules in force, which is more than %.0f %%"
            + " (rules.max-removed-share); a bundle may say that this is meant"
            + " (lockstep rules bundle --removal-meant)",
        removed,
        before,
        100 * maxRemovedShare);
  }

  /**
   * What became of a delivery.
   *
   * @param review what would be in force, or is if it was not refused
   * @param refusal why it was refused as a whole; null if it was not
   * @param changed whether anything differs from what was delivered and in force before
   */
  record Outcome(ContentReview review, @Nullable String refusal, boolean changed) {}
}
