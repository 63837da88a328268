package dev.lockstep.job.index;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.wire.DeadLetterRecord;
import java.io.Serializable;

/**
 * Dead letters about what Elasticsearch refuses.
 *
 * @param <T> what documents are made of
 */
interface RefusedLetters<T> extends Serializable {

  /** Returns the letter about a document; the same one, but for its attempt, at every try. */
  DeadLetterRecord letter(RejectedDocument<T> document);

  /** Returns the note that an input was taken that had been refused before. */
  DeadLetterRecord note(T input, String customer);

  /** Returns why it was refused, in words. */
  static String reason(RejectedDocument<?> document) {
    return document.status() == 0
        ? document.reason()
        : "Elasticsearch answered " + document.status() + ": " + document.reason();
  }
}
