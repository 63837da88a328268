package dev.lockstep.connector.elasticsearch;

/** What Elasticsearch's status for one document of a bulk request means to us. */
public enum BulkItemOutcome {
  /** The document is there. */
  DONE,
  /** The fault passes: send it again after a while. */
  RETRY,
  /** This document will never be accepted: keep it elsewhere and go on. */
  REJECT,
  /** The set-up is wrong, not the document: fail the job rather than reject every document. */
  FAIL;

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;

  /**
   * Sorts an HTTP status. 403 also means that the index is blocked for writing, and 404 that it is
   * missing and may not be created: both are for an operator to mend, with no alert lost.
   */
  public static BulkItemOutcome ofStatus(int status) {
    if (status >= 200 && status < 300) {
      return DONE;
    }
    if (status == TOO_MANY_REQUESTS || status >= 500) {
      return RETRY;
    }
    if (status == UNAUTHORIZED || status == FORBIDDEN || status == NOT_FOUND) {
      return FAIL;
    }
    return status >= 400 ? REJECT : FAIL;
  }
}
