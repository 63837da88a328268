package dev.lockstep.program;

/** A test of one value, planned. Immutable. */
interface ValueCheck {
  boolean passes(SeenValue value);

  /** How much work a value is, as {@link Predicate#cost}. */
  default double cost() {
    return 10;
  }
}
