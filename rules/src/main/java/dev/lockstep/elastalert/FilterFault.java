package dev.lockstep.elastalert;

/** Ends the reading of a filter at what has no counterpart or cannot be understood. */
final class FilterFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int WHOLE = -1;

  private final int offset;

  /** A fault of all that is being read. */
  FilterFault(String message) {
    this(WHOLE, message);
  }

  /**
   * @param offset of the character in the query
   */
  FilterFault(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  String problem() {
    return String.valueOf(getMessage());
  }

  /** The same fault at this character, unless it knows a place of its own. */
  FilterFault at(int other) {
    return offset == WHOLE ? new FilterFault(other, problem()) : this;
  }

  /** At least 0. */
  int offset() {
    return Math.max(0, offset);
  }
}
