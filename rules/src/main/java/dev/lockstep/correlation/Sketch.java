package dev.lockstep.correlation;

import java.math.BigDecimal;

/**
 * What is known of very many occurrences, in a few kilobytes. What a sketch says is a function of
 * what it was given, in whatever order and through however many other sketches: two engines, and an
 * engine after a restart, say the same.
 */
interface Sketch {

  /** Takes an occurrence that {@link Form#takes}. */
  void add(Occurrence occurrence);

  /** Takes all that another sketch of the same form was given, from what that one wrote. */
  void addAll(byte[] written);

  /** What the condition compares. */
  BigDecimal value();

  /** How many occurrences or values there are, whichever the type counts. */
  long count();

  /** Tells whether nothing has been taken. */
  boolean isEmpty();

  /** Writes it for {@link #addAll}. */
  byte[] write();

  /** A kind of sketch. */
  interface Form {

    /** An empty one. */
    Sketch create();

    /** Tells whether the occurrence is one to be taken. */
    boolean takes(Occurrence occurrence);

    /** Its name and how far it may be wrong, for people. */
    String description();

    /** Tells whether a finding shows its value beside its count. */
    boolean showsValue();
  }
}
