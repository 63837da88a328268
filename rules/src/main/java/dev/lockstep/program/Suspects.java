package dev.lockstep.program;

import java.util.Arrays;

/**
 * What is known of each shared predicate about the event at hand: nothing, that the index suspects
 * it, or its verdict. Belongs to one thread.
 *
 * <p>IMPLEMENTATION NOTES: entries carry the number of the event they were made for, so that going
 * on to the next event clears nothing. Of a predicate there is one number, for it is the access to
 * memory that takes the time: from the top the event, two bits of verdict, and the value that is
 * the evidence.
 */
final class Suspects {
  static final int UNKNOWN = 0;
  static final int SUSPECTED = 1;
  static final int TRUE = 2;
  static final int FALSE = 3;

  private static final int EVENT_AT = 34;
  private static final int VERDICT_AT = Integer.SIZE;
  private static final int MAX_EVENTS = (1 << (Long.SIZE - 1 - EVENT_AT)) - 1;

  private final long[] verdicts;
  private final int[] finds;
  private final IntList suspected = new IntList();
  private int event;

  Suspects(int predicateCount, int findCount) {
    this.verdicts = new long[predicateCount];
    this.finds = new int[findCount];
  }

  void nextEvent() {
    suspected.clear();
    if (++event == MAX_EVENTS) {
      Arrays.fill(verdicts, 0);
      Arrays.fill(finds, 0);
      event = 1;
    }
  }

  /** Tells whether the find is made for the first time in this event. */
  boolean isFirst(int find) {
    if (finds[find] == event) {
      return false;
    }
    finds[find] = event;
    return true;
  }

  /** Takes it that the predicates may be true. */
  void addAll(int[] predicates, int from, int to) {
    for (int i = from; i < to; i++) {
      add(predicates[i]);
    }
  }

  /** Takes it that the predicate may be true. */
  void add(int predicate) {
    if (verdicts[predicate] >>> EVENT_AT != event) {
      verdicts[predicate] = entry(SUSPECTED, 0);
      suspected.add(predicate);
    }
  }

  /** Takes it that the predicates are true, and that the value of this number shows it. */
  void settleAll(int[] predicates, int from, int to, int value) {
    long entry = entry(TRUE, value);
    for (int i = from; i < to; i++) {
      int predicate = predicates[i];
      int verdict = verdictOn(predicate);
      if (verdict == UNKNOWN) {
        suspected.add(predicate);
      }
      if (verdict < TRUE) {
        verdicts[predicate] = entry;
      }
    }
  }

  /** The predicates that were added or settled by the index, each once. */
  IntList suspected() {
    return suspected;
  }

  int verdictOn(int predicate) {
    long entry = verdicts[predicate];
    return entry >>> EVENT_AT == event ? (int) (entry >>> VERDICT_AT) & FALSE : UNKNOWN;
  }

  /** The number of the value that the index settled the predicate by. */
  int evidenceOf(int predicate) {
    return (int) verdicts[predicate];
  }

  void settle(int predicate, boolean holds) {
    verdicts[predicate] = entry(holds ? TRUE : FALSE, 0);
  }

  private long entry(int verdict, int evidence) {
    return (long) event << EVENT_AT | (long) verdict << VERDICT_AT | evidence;
  }
}
