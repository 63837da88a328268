package dev.lockstep.connector.elasticsearch;

import java.io.Serializable;

/**
 * Makes documents, each from its input alone, so that the same input is the same document again.
 *
 * @param <T> what documents are made of
 */
interface DocumentForm<T> extends Serializable {

  /**
   * Returns the document of an input.
   *
   * @throws NoDocumentException if it makes none
   */
  DocumentRequest<T> request(T input) throws NoDocumentException;
}
