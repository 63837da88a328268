package dev.lockstep.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The states of an automaton in the making. */
final class LiteralTrie {
  private static final int WIDTH = CharacterClasses.COUNT;

  private int[] next = new int[WIDTH * 16];
  private int states = 1;
  private final List<IntList> predicatesOf = new ArrayList<>(List.of(new IntList()));

  /** Tells whether there are more states than an automaton can have. */
  boolean isFull() {
    return states > LiteralAutomaton.MAX_STATES;
  }

  /** Takes only the end of the sequence if it is longer than {@code maxLength}. */
  void add(byte[] sequence, int maxLength, int predicate) {
    int state = 0;
    for (int i = Math.max(0, sequence.length - maxLength); i < sequence.length; i++) {
      int step = state * WIDTH + sequence[i];
      if (next[step] == 0) {
        // not in one statement: the new state may move the array
        int fresh = newState();
        next[step] = fresh;
      }
      state = next[step];
    }
    predicatesOf.get(state).add(predicate);
  }

  /** The trie is used up by it. */
  LiteralAutomaton automaton(int firstFind) {
    int[] order = new int[states];
    int[] suffix = completeSteps(order);
    int[] findOf = new int[states];
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
    return numbered(
        order, findOf, shorterFind.toArray(), predicates.toArray(int[][]::new), firstFind);
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

  /** Gives the states with finds the last numbers, else the nearest to the root the first. */
  private LiteralAutomaton numbered(
      int[] order, int[] findOf, int[] shorterFind, int[][] predicates, int firstFind) {
    int[] numberOf = new int[states];
    IntList finding = new IntList();
    int number = 0;
    for (int state : order) {
      if (findOf[state] < 0) {
        numberOf[state] = number++;
      } else {
        finding.add(state);
      }
    }
    int[] finds = new int[finding.size()];
    for (int i = 0; i < finds.length; i++) {
      numberOf[finding.get(i)] = number + i;
      finds[i] = findOf[finding.get(i)];
    }
    char[] table = new char[states << LiteralAutomaton.ROW_BITS];
    for (int state = 0; state < states; state++) {
      for (int step = 0; step < WIDTH; step++) {
        table[numberOf[state] << LiteralAutomaton.ROW_BITS | step] =
            (char) numberOf[next[state * WIDTH + step]];
      }
    }
    return new LiteralAutomaton(table, number, finds, shorterFind, predicates, firstFind);
  }
}
