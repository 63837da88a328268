package dev.lockstep.cli;

import dev.lockstep.flag.FlagSubject;
import org.jspecify.annotations.Nullable;

/**
 * Whom flags are asked about.
 *
 * @param event the event's id; null for any
 * @param rule null where only ingress is in question, or egress whatever the rule
 */
record FlagQuestion(
    String customer, String engine, @Nullable String event, @Nullable AskedRule rule) {

  /** No event has this id by chance, nor looks as if it had. */
  static final String ANY_EVENT = "<any event>";

  FlagQuestion {
    requireNotBlank(customer, "--customer");
    requireNotBlank(engine, "--engine");
    if (event != null) {
      requireNotBlank(event, "--event");
    }
  }

  FlagSubject subject() {
    return new FlagSubject(
        customer,
        engine,
        event == null ? ANY_EVENT : event,
        rule == null ? null : rule.attributes());
  }

  private static void requireNotBlank(String value, String option) {
    if (value.isBlank()) {
      throw CommandFailure.ofInput(option + " must not be blank");
    }
  }
}
