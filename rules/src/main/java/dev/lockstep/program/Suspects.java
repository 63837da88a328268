package dev.lockstep.program;

import java.util.Arrays;

/**
 * What is known of each shared predicate about the event at hand: nothing, that the index suspects
 * it, or its verdict. Belongs to one thread.
 *
 * <p>IMPLEMENTATION NOTES: entries carry the number of the event they were made for, so that going
 * on to the next event clears nothing.
 */
final class Suspects {
  static final int UNKNOWN = 0;
  static final int SUSPECTED = 1;
  static final int TRUE = 2;
  static final int FALSE = 3;

  private static final int BITS = 2;
  private static final int MAX_EVENTS = Integer.MAX_VALUE >> BITS;

  private final int[] verdicts;
  private final int[] evidence;
  private final int[] finds;
  private final IntList suspected = new IntList();
  private int event;

  Suspects(int predicateCount, int findCount) {
    this.verdicts = new int[predicateCount];
    this.evidence = new int[predicateCount];
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
    if (verdicts[predicate] >> BITS != event) {
      verdicts[predicate] = event << BITS | SUSPECTED;
      suspected.add(predicate);
    }
  }

  /** Takes it that the predicates are true, and that the value of this number shows it. */
  void settleAll(int[] predicates, int from, int to, int value) {
    for (int i = from; i < to; i++) {
      int predicate = predicates[i];
      int verdict = verdictOn(predicate);
      if (verdict == UNKNOWN) {
        suspected.add(predicate);
      }
      if (verdict < TRUE) {
        verdicts[predicate] = event << BITS | TRUE;
        evidence[predicate] = value;
      }
    }
  }

  /** The predicates that were added or settled by the index, each once. */
  IntList suspected() {
    return suspected;
  }

  int verdictOn(int predicate) {
    int entry = verdicts[predicate];
    return entry >> BITS == event ? entry & FALSE : UNKNOWN;
  }

  /** The number of the value that the index settled the predicate by. */
  int evidenceOf(int predicate) {
    return evidence[predicate];
  }

  void settle(int predicate, boolean holds) {
    verdicts[predicate] = event << BITS | (holds ? TRUE : FALSE);
  }
}
