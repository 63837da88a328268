package dev.lockstep.connector.elasticsearch;

import java.io.IOException;
import java.io.Serializable;

/**
 * Where documents go that Elasticsearch refuses; called by several threads, one at a time.
 *
 * @param <T> what documents are made of
 */
public interface RejectedDocuments<T> extends AutoCloseable {

  /**
   * Keeps the document, and returns only when it is durable: the checkpoint that covers it may
   * complete right after.
   *
   * @throws IOException if it could not be kept; the job then restarts and tries again
   */
  void reject(RejectedDocument<T> document) throws IOException;

  /**
   * Notes that an input was taken that had been refused before, and returns only when that is
   * durable.
   *
   * @throws IOException if it could not be noted; the job then restarts and tries again
   */
  void resolve(T input, String customer) throws IOException;

  /** Opens the place on the task that writes to Elasticsearch. */
  @FunctionalInterface
  interface Factory<T> extends Serializable {
    RejectedDocuments<T> open();
  }
}
