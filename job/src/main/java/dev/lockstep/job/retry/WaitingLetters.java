package dev.lockstep.job.retry;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.job.state.States;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/** The letters of one subtask that wait, one at most for each key. */
final class WaitingLetters {

  private final ValueState<DeadLetterRecord> letter;
  private final ValueState<Long> due;
  private final ListState<Long> countState;
  private long count;

  WaitingLetters(FunctionInitializationContext context) throws Exception {
    letter = context.getKeyedStateStore().getState(States.WAITING_LETTER);
    due = context.getKeyedStateStore().getState(States.LETTER_DUE);
    countState = context.getOperatorStateStore().getListState(States.LETTERS_WAITING);
    for (Long number : countState.get()) {
      count += number;
    }
  }

  /**
   * How many wait at all keys; after a change of parallelism only the sum over subtasks is right.
   */
  long count() {
    return count;
  }

  void snapshot() throws Exception {
    countState.update(List.of(count));
  }

  /** Returns what waits at the current key. */
  @Nullable DeadLetterRecord current() throws Exception {
    return letter.value();
  }

  /** Keeps the letter at the current key, where none may wait, until a timer of that time. */
  void keep(DeadLetterRecord next, long timeMillis, TimerService timers) throws Exception {
    letter.update(next);
    due.update(timeMillis);
    timers.registerProcessingTimeTimer(timeMillis);
    count++;
  }

  /** Leaves nothing of what waits at the current key. */
  void forget(TimerService timers) throws Exception {
    Long timeMillis = due.value();
    if (timeMillis != null) {
      timers.deleteProcessingTimeTimer(timeMillis);
      letter.clear();
      due.clear();
      count--;
    }
  }
}
