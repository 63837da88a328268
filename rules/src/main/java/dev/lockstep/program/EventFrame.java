package dev.lockstep.program;

import dev.lockstep.event.Event;
import dev.lockstep.event.EventProjection;
import dev.lockstep.event.EventReader;
import dev.lockstep.event.EventSink;
import dev.lockstep.event.EventText;
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
  private final EventReader reader;
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
    this.reader = new EventReader(index.paths(), keywords != null, this);
  }

  /** Takes up an event. */
  void read(byte[] json) throws MalformedEventException {
    reader.read(json);
    if (ambiguous) {
      begin();
      readByPriority(EventProjection.whole().read(json));
    }
  }

  @Override
  public void begin() {
    forget();
    suspects.nextEvent();
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
  public void scalar(int field, EventText member, ScalarKind kind, EventText text) {
    FieldReading reading = field == NO_FIELD ? null : fields[field];
    FieldIndex searched = kind.isSearched() ? keywords : null;
    if (reading == null && searched == null) {
      return;
    }
    int number = values.add(member, kind, text);
    SeenValue value = values.get(number);
    if (searched != null) {
      strings.add(number);
      searched.present(suspects);
    }
    if (reading != null) {
      reading.values().add(value);
    }
    FieldIndex first = reading == null ? searched : reading.index();
    if (first != null) {
      fold(value);
      first.probe(value, folded, suspects, number, searched);
    }
  }

  @Override
  public void enter(EventText member) {
    values.enter(member);
  }

  @Override
  public void leave() {
    values.leave();
  }

  /** Without a text there is nothing to find, not even an empty one. */
  private void fold(SeenValue value) {
    if (value.kind() == ScalarKind.NULL) {
      folded.clear();
    } else {
      folded.set(value.source());
    }
  }

  /** Reads an event in which a field can be found in several ways, of which one is right. */
  private void readByPriority(Event event) {
    EventText name = new EventText();
    EventText text = new EventText();
    if (keywords != null) {
      event.forEachString(
          (path, string) -> {
            name.set(path);
            text.set(string);
            scalar(NO_FIELD, name, ScalarKind.TEXT, text);
          });
    }
    for (FieldSlot slot : index.slots()) {
      if (event.has(slot.name())) {
        field(slot.index(), 0);
        for (FieldValue value : event.valuesOf(slot.name())) {
          name.set(slot.name());
          text.set(String.valueOf(value.asText()));
          add(fields[slot.index()], values.add(name, value.kind(), text));
        }
      }
    }
  }

  private void add(FieldReading reading, int number) {
    SeenValue value = values.get(number);
    fold(value);
    reading.values().add(value);
    reading.index().probe(value, folded, suspects, number, null);
  }
}
