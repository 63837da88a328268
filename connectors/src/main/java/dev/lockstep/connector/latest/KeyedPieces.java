package dev.lockstep.connector.latest;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes one value of pieces that come one by one, each under a key whose newest piece counts. Not
 * safe for use by several threads.
 */
public interface KeyedPieces {

  /** Makes it on the task. */
  @FunctionalInterface
  interface Factory extends Serializable {

    /** Makes one that starts from the last value before a restart; null at the very first start. */
    KeyedPieces create(byte @Nullable [] restored);
  }

  /** All pieces that count are about to be told again, from the first one on. */
  void begin();

  /**
   * Takes a piece in the place of the last one of its key.
   *
   * @param at when it was written
   * @throws IOException if it is none; the last good one stays
   */
  void put(String key, byte[] piece, Instant at) throws IOException;

  /** Takes away the piece of a key, if there is one. */
  void remove(String key, Instant at);

  /**
   * Returns the value of all pieces, or null if it does not differ from the last one. Asked only
   * when all have been told since they began.
   *
   * @throws IOException if the pieces do not go together, or there is none
   */
  byte @Nullable [] change() throws IOException;
}
