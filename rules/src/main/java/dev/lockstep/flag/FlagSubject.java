package dev.lockstep.flag;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Whom a flag decides about: one event of one customer in one engine and, at egress, one rule.
 *
 * @param customer customer id, never blank
 * @param engine the engine's name, never blank
 * @param eventId the event's id, never blank
 * @param rule the rule that found something; null at ingress, where no rule is known yet
 */
public record FlagSubject(
    String customer, String engine, String eventId, @Nullable RuleAttributes rule) {

  public FlagSubject {
    requireNonBlank(customer, "customer");
    requireNonBlank(engine, "engine");
    requireNonBlank(eventId, "eventId");
  }

  /**
   * What flags may target of a rule.
   *
   * @param id the rule's id, never blank
   * @param level Sigma level, or null when the rule has none
   * @param status Sigma status, or null when the rule has none
   */
  public record RuleAttributes(String id, @Nullable String level, @Nullable String status) {
    public RuleAttributes {
      requireNonBlank(id, "rule id");
    }
  }

  private static void requireNonBlank(String value, String name) {
    if (requireNonNull(value, name + " is null").isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }
}
