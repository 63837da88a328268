package dev.lockstep.cli;

import dev.lockstep.flag.FlagSubject.RuleAttributes;
import dev.lockstep.sigma.RuleLevel;
import dev.lockstep.sigma.RuleStage;
import dev.lockstep.sigma.RuleStatus;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a question about flags.
 *
 * @param attributes what flags may ask of it
 * @param source the rule itself; null if it is not at hand
 */
record AskedRule(RuleAttributes attributes, @Nullable SigmaRule source) {

  static AskedRule of(SigmaRule rule) {
    return new AskedRule(attributes(rule.id(), rule.level(), rule.status()), rule);
  }

  static AskedRule notAtHand(String id, @Nullable RuleLevel level, @Nullable RuleStatus status) {
    return new AskedRule(attributes(id, level, status), /* source= */ null);
  }

  private static RuleAttributes attributes(
      String id, @Nullable RuleLevel level, @Nullable RuleStatus status) {
    return new RuleAttributes(
        id, level == null ? null : level.term(), status == null ? null : status.term());
  }

  /** What is not known of it and may matter, in words. */
  List<String> unknown() {
    List<String> unknown = new ArrayList<>();
    if (source == null) {
      if (attributes.level() == null) {
        unknown.add("level");
      }
      if (attributes.status() == null) {
        unknown.add("status");
      }
      unknown.add("stage");
    }
    return unknown;
  }

  /** Whether its author keeps it out of the live lane, as far as is known. */
  boolean shadowOnly() {
    return source != null && source.stage() == RuleStage.SHADOW;
  }

  /** Whether it judges the customer's events, as far as is known. */
  boolean judges(String customer) {
    return source == null || source.appliesTo(customer);
  }
}
