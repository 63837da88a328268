package dev.lockstep.program;

import dev.lockstep.event.Event;
import dev.lockstep.event.EventProjection;
import dev.lockstep.event.EventSink;
import dev.lockstep.event.FieldValue;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.event.ScalarKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one event while its rules are judged; belongs to one thread at a time, and is
 * used again for other events.
 */
final class EventFrame implements EventSink {
  private final EventIndex index;
  private final @Nullable FieldIndex keywords;
  private final Suspects suspects;
  private final RuleMarks marks;
  private final FieldReading[] fields;
  private final List<FieldReading> touched = new ArrayList<>();
  private final SeenValues values = new SeenValues();
  private final FoldedText folded = new FoldedText();
  private IntList strings = new IntList();
  private boolean ambiguous;

  EventFrame(EventIndex index, int ruleCount) {
    this.index = index;
    this.keywords = index.keywords();
    this.suspects = new Suspects(index.predicateCount(), index.findCount());
    this.marks = new RuleMarks(ruleCount);
    this.fields =
        index.slots().stream()
            .map(slot -> new FieldReading(index.of(slot)))
            .toArray(FieldReading[]::new);
  }

  /** Takes up an event after {@link #forget} has let go of the one before. */
  void read(byte[] json) throws MalformedEventException {
    suspects.nextEvent();
    index.reader().read(json, this);
    if (ambiguous) {
      forget();
      suspects.nextEvent();
      readByPriority(EventProjection.whole().read(json));
    }
  }

  void forget() {
    touched.forEach(FieldReading::forget);
    touched.clear();
    values.forget();
    folded.shrink();
    strings.clear();
    ambiguous = false;
  }

  Suspects suspects() {
    return suspects;
  }

  RuleMarks marks() {
    return marks;
  }

  boolean has(FieldSlot field) {
    return fields[field.index()].isPresent();
  }

  List<SeenValue> valuesOf(FieldSlot field) {
    return fields[field.index()].values();
  }

  SeenValue value(int number) {
    return values.get(number);
  }

  /**
   * The numbers of the strings and numbers of the whole event in its order; none when no rule asks
   * for them.
   */
  IntList strings() {
    return strings;
  }

  String pathOf(int value) {
    return values.pathOf(value);
  }

  @Override
  public void field(int field, long route) {
    FieldReading reading = fields[field];
    if (!reading.isPresent()) {
      reading.markPresent(route);
      touched.add(reading);
      reading.index().present(suspects);
    } else if (reading.route() != route) {
      ambiguous = true;
    }
  }

  @Override
  public void scalar(int field, String member, ScalarKind kind, String text) {
    FieldReading reading = field == NO_FIELD ? null : fields[field];
    FieldIndex searched = kind.isSearched() ? keywords : null;
    if (reading == null && searched == null) {
      return;
    }
    int number = values.add(member, kind, text);
    if (searched != null || reading == null || reading.index().looksAtText()) {
      fold(kind, text);
    }
    if (searched != null) {
      strings.add(number);
      searched.present(suspects);
      searched.probe(values.get(number), folded, suspects, number);
    }
    if (reading != null) {
      reading.values().add(values.get(number));
      reading.index().probe(values.get(number), folded, suspects, number);
    }
  }

  @Override
  public void enter(String member) {
    values.enter(member);
  }

  @Override
  public void leave() {
    values.leave();
  }

  /** Without a text there is nothing to find, not even an empty one. */
  private void fold(ScalarKind kind, String text) {
    if (kind == ScalarKind.NULL) {
      folded.clear();
    } else {
      folded.set(text);
    }
  }

  /** Reads an event in which a field can be found in several ways, of which one is right. */
  private void readByPriority(Event event) {
    if (keywords != null) {
      event.forEachString((path, text) -> scalar(NO_FIELD, path, ScalarKind.TEXT, text));
    }
    for (FieldSlot slot : index.slots()) {
      if (event.has(slot.name())) {
        field(slot.index(), 0);
        event.valuesOf(slot.name()).forEach(value -> add(slot, value));
      }
    }
  }

  private void add(FieldSlot slot, FieldValue value) {
    FieldReading reading = fields[slot.index()];
    int number = values.add(slot.name(), value.kind(), String.valueOf(value.asText()));
    fold(value.kind(), String.valueOf(value.asText()));
    reading.values().add(values.get(number));
    reading.index().probe(values.get(number), folded, suspects, number);
  }
}
