package dev.lockstep.program;

import java.util.ArrayList;
import java.util.List;

/** What the event at hand holds of one field. */
final class FieldReading {
  private static final int KEPT_VALUES = 256;

  private final FieldSlot slot;
  private final FieldIndex index;
  private List<SeenValue> values = new ArrayList<>(2);
  private boolean present;

  FieldReading(FieldSlot slot, FieldIndex index) {
    this.slot = slot;
    this.index = index;
  }

  FieldSlot slot() {
    return slot;
  }

  FieldIndex index() {
    return index;
  }

  boolean isPresent() {
    return present;
  }

  List<SeenValue> values() {
    return values;
  }

  void markPresent() {
    present = true;
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
