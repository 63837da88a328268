package dev.lockstep.program;

import java.util.Arrays;

/** What the event at hand holds of one field. */
final class FieldReading {
  private static final int KEPT_VALUES = 256;

  private final FieldIndex index;
  private int[] values = new int[1];
  private int count;
  private boolean present;
  private long route;

  FieldReading(FieldIndex index) {
    this.index = index;
  }

  FieldIndex index() {
    return index;
  }

  boolean isPresent() {
    return present;
  }

  /** The way by which the field was found first. */
  long route() {
    return route;
  }

  /** How many values there are. */
  int count() {
    return count;
  }

  /** The number in the event of the field's first value, or second, and so on, from 0. */
  int value(int position) {
    return values[position];
  }

  void add(int value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  void markPresent(long route) {
    this.present = true;
    this.route = route;
  }

  void forget() {
    present = false;
    count = 0;
    if (values.length > KEPT_VALUES) {
      values = new int[1];
    }
  }
}
