package dev.lockstep.explain;

import dev.lockstep.event.Event;
import dev.lockstep.event.FieldValue;
import dev.lockstep.sigma.ValueTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event holds of the fields that rules name, and what they may have meant instead. */
final class EventFields {
  private static final int MAX_VALUES = 5;
  private static final int MAX_HINTED_VALUES = 3;

  private final Event event;
  private final Map<String, List<FieldValue>> values = new HashMap<>();
  private final Map<String, Subject> subjects = new HashMap<>();
  private @Nullable FieldPaths paths;

  EventFields(Event event) {
    this.event = event;
  }

  Subject subject(String field) {
    return subjects.computeIfAbsent(field, this::look);
  }

  /** Why a test that fails may have been meant to hold; null when nothing comes to mind. */
  @Nullable String hint(String field, ValueTest test) {
    if (test instanceof ValueTest.SameAs sameAs) {
      return event.has(field) && !event.has(sameAs.otherField())
          ? "the event has no " + Cut.text(sameAs.otherField())
          : null;
    }
    List<FieldValue> found = valuesOf(field);
    for (FieldValue value : found.subList(0, Math.min(MAX_HINTED_VALUES, found.size()))) {
      Optional<String> hint = test.choose(new ValueHints(value));
      if (hint.isPresent()) {
        return hint.get();
      }
    }
    return null;
  }

  private List<FieldValue> valuesOf(String field) {
    return values.computeIfAbsent(field, event::valuesOf);
  }

  private Subject look(String field) {
    boolean present = event.has(field);
    List<FieldValue> found = valuesOf(field);
    List<FieldValue> shown = found.stream().limit(MAX_VALUES).map(Cut::value).toList();
    return new Subject(
        Cut.text(field),
        present,
        shown,
        found.size() - shown.size(),
        present ? null : paths().hint(field));
  }

  private FieldPaths paths() {
    FieldPaths known = paths;
    if (known == null) {
      known = FieldPaths.of(event);
      paths = known;
    }
    return known;
  }
}
