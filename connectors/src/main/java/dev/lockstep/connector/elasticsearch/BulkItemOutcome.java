package dev.lockstep.connector.elasticsearch;

import java.util.Set;

/** What Elasticsearch's answer to one document of a bulk request means to us. */
public enum BulkItemOutcome {
  /** The document is there. */
  DONE,
  /** The fault passes: send it again after a while. */
  RETRY,
  /** This document will never be accepted: keep it elsewhere and go on. */
  REJECT,
  /** The set-up is wrong, not the document: fail the job rather than reject every document. */
  FAIL;

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Errors with status 400 that are about one document; all that speak of parsing are as well. */
  private static final Set<String> ABOUT_THE_DOCUMENT =
      Set.of(
          "illegal_argument_exception",
          "invalid_index_name_exception",
          "mapper_exception",
          "max_bytes_length_exceeded_exception",
          "number_format_exception",
          "strict_dynamic_mapping_exception");

  /**
   * Sorts the answer to one document, or to a request as a whole.
   *
   * <p>403 also means that the index is blocked for writing, and 404 that it is missing and may not
   * be created: both are for an operator to mend, with no alert lost. So is a 400 that is not known
   * to be about the document, such as too many shards or a closed index: it would meet every
   * document.
   *
   * @param status the HTTP status
   * @param errorType Elasticsearch's name for the error, or an empty text if it gave none
   */
  public static BulkItemOutcome of(int status, String errorType) {
    if (status >= 200 && status < 300) {
      return DONE;
    }
    if (status == TOO_MANY_REQUESTS || status >= 500) {
      return RETRY;
    }
    if (status < 400 || status == UNAUTHORIZED || status == FORBIDDEN || status == NOT_FOUND) {
      return FAIL;
    }
    return status != BAD_REQUEST || isAboutTheDocument(errorType) ? REJECT : FAIL;
  }

  private static boolean isAboutTheDocument(String errorType) {
    return ABOUT_THE_DOCUMENT.contains(errorType)
        || errorType.endsWith("parsing_exception")
        || errorType.endsWith("parse_exception");
  }
}
