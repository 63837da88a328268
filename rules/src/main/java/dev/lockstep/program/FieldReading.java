package dev.lockstep.program;

import java.util.ArrayList;
import java.util.List;

/** What the event at hand holds of one field. */
final class FieldReading {
  private static final int KEPT_VALUES = 256;

  private final FieldIndex index;
  private List<SeenValue> values = new ArrayList<>(2);
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

  List<SeenValue> values() {
    return values;
  }

  void markPresent(long route) {
    this.present = true;
    this.route = route;
  }

  void forget() {
    present = false;
    if (values.size() > KEPT_VALUES) {
      values = new ArrayList<>(2);
    } else {
      values.clear();
    }
  }
}
