package dev.lockstep.program;

/** A test of one value, planned. Immutable. */
interface ValueCheck {
  boolean passes(SeenValue value);
}
