package dev.lockstep.program;

import dev.lockstep.event.Event;
import dev.lockstep.event.FieldValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one event while its rules are judged; belongs to one thread. */
final class EventFrame {

  /** A string or number somewhere in the event. */
  record Located(String path, SeenValue value) {}

  private final Event event;
  private final Map<String, List<SeenValue>> valuesByField = new HashMap<>();
  private @Nullable List<Located> everyString;

  EventFrame(Event event) {
    this.event = event;
  }

  boolean has(String field) {
    return event.has(field);
  }

  List<SeenValue> valuesOf(String field) {
    return valuesByField.computeIfAbsent(
        field, name -> event.valuesOf(name).stream().map(SeenValue::new).toList());
  }

  List<Located> everyString() {
    if (everyString == null) {
      List<Located> strings = new ArrayList<>();
      event.forEachString(
          (path, text) -> strings.add(new Located(path, new SeenValue(new FieldValue.Text(text)))));
      everyString = strings;
    }
    return everyString;
  }
}
