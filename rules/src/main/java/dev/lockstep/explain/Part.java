package dev.lockstep.explain;

/** One of several things that make a whole. */
public sealed interface Part permits Reason, Test {

  /** Whether the event fulfils it. */
  boolean holds();

  /** Whether somewhere in it there is a hint at what was probably meant. */
  boolean hasHint();
}
