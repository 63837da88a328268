package dev.lockstep.event;

/** Why something could not be processed and is kept as a dead letter. */
public enum DeadLetterClass {
  /** Not one JSON object. */
  MALFORMED,
  /** Larger than the configured limit. */
  TOO_LARGE,
  /** A file, or the rest of one: it cannot be read, or has changed since it was. */
  UNREADABLE_FILE,
  /** None of the configured places names a customer. */
  NO_CUSTOMER,
  /** Too late for what needs the order of events; it was judged as usual. */
  LATE,
  /** A rule failed on it; the other rules judged it as usual. */
  RULE_ERROR,
  /** An alert that Elasticsearch will never take. */
  REJECTED_BY_ELASTICSEARCH,
  /** An event that Elasticsearch will never take; it was judged as usual. */
  EVENT_NOT_INDEXED
}
