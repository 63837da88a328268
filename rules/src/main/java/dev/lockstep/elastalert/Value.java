package dev.lockstep.elastalert;

/**
 * A value of a Sigma rule.
 *
 * @param text as Sigma writes it, with its wildcards and escapes
 */
record Value(Kind kind, String text) {
  static final Value NULL = new Value(Kind.OTHER, "null");

  /** How it is written in YAML. */
  enum Kind {
    /** Text, whatever it looks like. */
    TEXT,
    /** A number, a boolean or null. */
    OTHER
  }

  static Value text(String sigma) {
    return new Value(Kind.TEXT, sigma);
  }

  static Value plain(String yaml) {
    return new Value(Kind.OTHER, yaml);
  }
}
