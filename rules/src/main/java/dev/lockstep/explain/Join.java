package dev.lockstep.explain;

/** How parts make a whole. */
public enum Join {
  /** Every part must hold. */
  ALL,
  /** One part is enough. */
  ANY;

  boolean of(Iterable<? extends Part> parts) {
    for (Part part : parts) {
      if (part.holds() == (this == ANY)) {
        return this == ANY;
      }
    }
    return this == ALL;
  }
}
