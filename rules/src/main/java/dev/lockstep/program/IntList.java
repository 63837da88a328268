package dev.lockstep.program;

import java.util.Arrays;

/** A growing list of numbers without a box around each. */
final class IntList {
  private static final int[] NONE = {};

  private int[] items = NONE;
  private int size;

  void add(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size == 0 ? 2 : size * 2);
    }
    items[size++] = item;
  }

  void addAll(int[] more) {
    for (int item : more) {
      add(item);
    }
  }

  int get(int index) {
    return items[index];
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  int[] toArray() {
    return size == 0 ? NONE : Arrays.copyOf(items, size);
  }
}
