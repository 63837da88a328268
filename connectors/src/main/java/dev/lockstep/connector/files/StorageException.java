package dev.lockstep.connector.files;

import java.io.IOException;

/** Where the file lies cannot be reached, or does not give it: it may do so later. */
final class StorageException extends IOException {

  private static final long serialVersionUID = 1L;

  StorageException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
