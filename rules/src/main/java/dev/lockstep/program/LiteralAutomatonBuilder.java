package dev.lockstep.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects class sequences with the predicates that each may make true. */
final class LiteralAutomatonBuilder {
  private static final int WIDTH = CharacterClasses.COUNT;

  /** Longer sequences are cut: their ends find nearly as well and the table stays small. */
  private static final int MAX_LENGTH = 16;

  private int[] next = new int[WIDTH * 16];
  private int states = 1;
  private final List<IntList> predicatesOf = new ArrayList<>(List.of(new IntList()));

  /** An empty sequence would be found everywhere and is refused. */
  void add(byte[] sequence, int predicate) {
    if (sequence.length == 0) {
      throw new IllegalArgumentException("the sequence is empty");
    }
    int state = 0;
    for (int i = Math.max(0, sequence.length - MAX_LENGTH); i < sequence.length; i++) {
      int step = state * WIDTH + sequence[i];
      if (next[step] == 0) {
        int fresh = newState();
        next[step] = fresh;
      }
      state = next[step];
    }
    predicatesOf.get(state).add(predicate);
  }

  boolean isEmpty() {
    return states == 1;
  }

  /** The builder is used up by it. */
  LiteralAutomaton build(int firstFind) {
    int[] order = new int[states];
    int[] suffix = completeSteps(order);
    int[] findOf = new int[states];
    Arrays.fill(findOf, -1);
    List<int[]> predicates = new ArrayList<>();
    IntList shorterFind = new IntList();
    for (int state : order) {
      int shorter = state == 0 ? -1 : findOf[suffix[state]];
      findOf[state] = shorter;
      if (!predicatesOf.get(state).isEmpty()) {
        findOf[state] = predicates.size();
        predicates.add(predicatesOf.get(state).toArray());
        shorterFind.add(shorter);
      }
    }
    return new LiteralAutomaton(
        table(findOf), findOf, shorterFind.toArray(), predicates.toArray(int[][]::new), firstFind);
  }

  private int newState() {
    if ((states + 1) * WIDTH > next.length) {
      next = Arrays.copyOf(next, next.length * 2);
    }
    predicatesOf.add(new IntList());
    return states++;
  }

  /**
   * Fills in where each state goes on when no sequence does, nearest to the root first.
   *
   * @return by state, that of its longest proper suffix
   */
  private int[] completeSteps(int[] order) {
    int[] suffix = new int[states];
    int queued = 1;
    for (int head = 0; head < queued; head++) {
      int state = order[head];
      for (int step = 0; step < WIDTH; step++) {
        int child = next[state * WIDTH + step];
        int otherwise = state == 0 ? 0 : next[suffix[state] * WIDTH + step];
        if (child == 0) {
          next[state * WIDTH + step] = otherwise;
        } else {
          suffix[child] = otherwise;
          order[queued++] = child;
        }
      }
    }
    return suffix;
  }

  private int[] table(int[] findOf) {
    int[] table = Arrays.copyOf(next, states * WIDTH);
    for (int i = 0; i < table.length; i++) {
      int offset = table[i] * WIDTH;
      table[i] = findOf[table[i]] < 0 ? offset : ~offset;
    }
    return table;
  }
}
