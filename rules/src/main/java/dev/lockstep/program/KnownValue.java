package dev.lockstep.program;

import dev.lockstep.event.EventText;
import dev.lockstep.event.ScalarKind;
import java.util.Arrays;

/**
 * A value that came more than once, and what the index and the tests say of it. Belongs to one
 * thread.
 */
final class KnownValue {
  private final int field;
  private final byte[] json;
  private final SeenValue value;
  private final int[] passed;
  private final int[] doubtful;

  /**
   * @param field whose value it is
   * @param text its bytes as they stand in the event
   * @param value lasts longer than the event
   * @param passed the predicates that are true of it
   * @param doubtful predicates that must be asked each time
   */
  KnownValue(int field, EventText text, SeenValue value, IntList passed, IntList doubtful) {
    this.field = field;
    this.json = Arrays.copyOfRange(text.bytes(), text.from(), text.to());
    this.value = value;
    this.passed = passed.toArray();
    this.doubtful = doubtful.toArray();
  }

  boolean is(int field, ScalarKind kind, EventText text) {
    return this.field == field
        && value.kind() == kind
        && Arrays.equals(json, 0, json.length, text.bytes(), text.from(), text.to());
  }

  SeenValue value() {
    return value;
  }

  /** Tells what is known. */
  void tell(Suspects suspects, int number) {
    suspects.settleAll(passed, 0, passed.length, number);
    suspects.addAll(doubtful, 0, doubtful.length);
  }
}
