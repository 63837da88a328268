package dev.lockstep.connector.elasticsearch;

import org.jspecify.annotations.Nullable;

/** An input makes no document; the message says why. */
final class NoDocumentException extends Exception {

  private static final long serialVersionUID = 1;

  private final @Nullable String customer;

  NoDocumentException(@Nullable String customer, Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.customer = customer;
  }

  NoDocumentException(@Nullable String customer, String reason) {
    super(reason);
    this.customer = customer;
  }

  /** Whose input it is; null if nobody knows. */
  @Nullable String customer() {
    return customer;
  }
}
