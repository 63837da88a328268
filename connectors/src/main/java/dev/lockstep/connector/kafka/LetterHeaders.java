package dev.lockstep.connector.kafka;

/** Names of the headers of a dead letter. */
final class LetterHeaders {

  static final String CLASS = "class";
  static final String REASON = "reason";
  static final String ORIGIN = "origin";
  static final String ATTEMPT = "attempt";
  static final String ENGINE = "engine";
  static final String RULE_ID = "rule-id";

  /** What the record says about a letter; a letter has none. */
  static final String COMMAND = "command";

  /** How many bytes there were, where only the first are here. */
  static final String ORIGINAL_BYTES = "original-bytes";

  static final String ORIGINAL_KEY = "original-key";
  static final String ORIGINAL_TIMESTAMP = "original-timestamp";

  /** Says that the original key or headers were too long to be kept. */
  static final String ORIGINAL_CUT = "original-cut";

  /** Before the name of each original header. */
  static final String ORIGINAL = "original.";

  private LetterHeaders() {}
}
