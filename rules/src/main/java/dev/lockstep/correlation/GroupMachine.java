package dev.lockstep.correlation;

import java.util.function.Consumer;

/**
 * What a correlation knows of one group. Occurrences come in their order, and a wake between those
 * before its time and those of its time or later.
 */
abstract class GroupMachine {

  /** What {@link #wakeAt} says when nothing is held any more. */
  static final long NEVER = Long.MAX_VALUE;

  /** Takes one occurrence. */
  abstract void accept(Occurrence occurrence, Consumer<Finding> findings);

  /** Is told that all occurrences of the millisecond of the last one have been taken. */
  void endMoment(Consumer<Finding> findings) {}

  /**
   * When time alone changes something, in epoch milliseconds; {@link #NEVER} if nothing is held.
   */
  abstract long wakeAt();

  /** Is told that the time of {@link #wakeAt} has come. */
  abstract void wake(Consumer<Finding> findings);

  /** Writes what changed to its slots, and all else to {@code out}. */
  abstract void save(PieceWriter out);

  /** Takes away all that is held. */
  abstract void clear();

  /** How many occurrences had to be given up before their time since the machine was opened. */
  int givenUp() {
    return 0;
  }

  /** How many occurrences were judged by a sketch since the machine was opened. */
  int estimated() {
    return 0;
  }
}
