package dev.lockstep.correlation;

import java.util.function.Consumer;

/** What is exact as long as its window has no more than can be kept. */
abstract class ExactMachine extends GroupMachine {

  /** How many occurrences, or values, of the window are kept. */
  abstract int kept();

  /**
   * Goes through what is kept, of each value the last occurrence, from the oldest to the newest.
   */
  abstract void forEachKept(Consumer<Occurrence> action);

  /** Whether the condition held when it was judged last. */
  abstract boolean held();

  /** Is told whether the condition held when another machine judged it last. */
  abstract void held(boolean held);
}
