package dev.lockstep.connector.files;

/** A record is no event; the message says why, to whoever reads the dead letter. */
final class RefusedRecordException extends Exception {

  RefusedRecordException(String message) {
    super(message, null, false, false);
  }
}
