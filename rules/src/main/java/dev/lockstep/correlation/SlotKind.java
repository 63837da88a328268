package dev.lockstep.correlation;

/** What lies in a slot; numbers of slots hold it in their highest byte. Never renumbered. */
enum SlotKind {
  /** How far a group has come, and what its machine knows beside what lies elsewhere. */
  PROGRESS(0),
  /** Occurrences whose time has not come, by their span of time. */
  PENDING(1),
  /** Occurrences in a window, piece by piece. */
  LOG(2),
  /** What is known of a value, by its hash. */
  VALUE(3),
  /** Values by when they were seen. */
  SEEN(4),
  /** Sketches of what happened, by tenths of the timespan. */
  PANE(5),
  /** The sum of all of them but the newest. */
  PAST_PANES(6);

  private static final int SHIFT = 56;
  private static final long NUMBER = (1L << SHIFT) - 1;

  private final long kind;

  SlotKind(int kind) {
    this.kind = kind;
  }

  long slot(long number) {
    return (kind << SHIFT) | (number & NUMBER);
  }

  long slot() {
    return slot(0);
  }
}
