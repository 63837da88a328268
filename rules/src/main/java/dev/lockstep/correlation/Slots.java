package dev.lockstep.correlation;

import org.jspecify.annotations.Nullable;

/**
 * Where what is known of one group lies: pieces of bytes by number. Pieces are small, and each
 * event touches few of them, so that they may lie in a store on disk.
 */
public interface Slots {

  /** Returns what lies there, not to be changed, or null if nothing does. */
  byte @Nullable [] get(long slot);

  /** Puts something there; it is not changed any more. */
  void put(long slot, byte[] bytes);

  /** Takes away what lies there, if anything does. */
  void remove(long slot);
}
