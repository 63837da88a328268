package dev.lockstep.job.state;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.util.function.ThrowingRunnable;

/** The task that a {@link ControlledFunction} works in. */
public interface ControlledTask {

  /** Number of the subtask, from 0. */
  int subtask();

  /** How many subtasks there are. */
  int parallelism();

  /** The task's clock: processing time in epoch milliseconds; from any thread. */
  long clockMillis();

  /** Tells that the update of this sequence, which was not at once, is in force now. */
  void isInForce(long sequence);

  /** The key of the element that is being handled. */
  String currentKey();

  /** State of the current key. */
  KeyedStateStore keyedState();

  /** How far event time has come; {@link Long#MIN_VALUE} while there is none. */
  long watermarkMillis();

  /** Has {@link ControlledFunction#onEventTime} called for the current key at that event time. */
  void wakeAt(long eventTimeMillis);

  /** Where results go that belong to no element; for use in the task's thread. */
  SideOutputs sideOutputs();

  /**
   * Has something done in the task's thread, between two elements. May be called from any thread;
   * when the task has ended, nothing happens.
   */
  void later(ThrowingRunnable<Exception> action, String description);
}
