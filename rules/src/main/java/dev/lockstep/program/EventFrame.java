package dev.lockstep.program;

import dev.lockstep.event.Event;
import dev.lockstep.event.EventProjection;
import dev.lockstep.event.EventReader;
import dev.lockstep.event.EventSink;
import dev.lockstep.event.EventText;
import dev.lockstep.event.FieldPaths;
import dev.lockstep.event.FieldValue;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.event.ScalarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one event while its rules are judged; belongs to one thread at a time, and is
 * used again for other events.
 */
final class EventFrame implements EventSink {
  private static final FieldPaths NO_FIELDS = new FieldPaths(List.of());

  private final EventIndex index;
  private final @Nullable FieldIndex keywords;
  private final Suspects suspects;
  private final RuleMarks marks;
  private final FieldReading[] fields;
  private final IntList touched = new IntList();
  private final SeenValues values = new SeenValues();
  private final FoldedText folded = new FoldedText();
  private final KnownValues knownValues = new KnownValues();
  private final Suspects learned;
  private final EventReader reader;
  private final EventReader stringsReader;
  private final IntList strings = new IntList();
  private boolean ambiguous;

  EventFrame(EventIndex index, int ruleCount) {
    this.index = index;
    this.keywords = index.keywords();
    this.suspects = new Suspects(index.predicateCount(), index.findCount());
    this.learned = new Suspects(index.predicateCount(), index.findCount());
    this.marks = new RuleMarks(ruleCount);
    this.fields =
        index.slots().stream()
            .map(slot -> new FieldReading(index.of(slot)))
            .toArray(FieldReading[]::new);
    this.reader = new EventReader(index.paths(), keywords != null, this);
    this.stringsReader = new EventReader(NO_FIELDS, true, this);
  }

  /** Takes up an event. */
  void read(byte[] json) throws MalformedEventException {
    reader.read(json);
    if (ambiguous) {
      stringsReader.read(json);
      readByPriority(EventProjection.whole().read(json));
    }
  }

  @Override
  public void begin() {
    clear();
    suspects.nextEvent();
  }

  /** Lets go of the event. */
  void forget() {
    clear();
    reader.forget();
    stringsReader.forget();
  }

  private void clear() {
    for (int i = 0; i < touched.size(); i++) {
      fields[touched.get(i)].forget();
    }
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

  /** How many values the field has. */
  int countOf(FieldSlot field) {
    return fields[field.index()].count();
  }

  /** The field's first value, or second, and so on, from 0. */
  SeenValue valueOf(FieldSlot field, int position) {
    return values.get(fields[field.index()].value(position));
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
      touched.add(field);
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
    if (searched != null) {
      strings.add(number);
      searched.present(suspects);
    }
    if (reading != null) {
      reading.add(number);
    }
    FieldIndex first = reading == null ? searched : reading.index();
    if (first != null && kind != ScalarKind.NULL) {
      probe(field, number, text, first, searched);
    }
  }

  private void probe(
      int field, int number, EventText text, FieldIndex first, @Nullable FieldIndex searched) {
    SeenValue value = values.get(number);
    long key = KnownValues.key(field, text);
    KnownValue known = knownValues.get(key, field, value.kind(), text);
    if (known == null && knownValues.isRepeated(key)) {
      known = learn(field, value, first, searched);
      knownValues.put(key, known);
    }
    if (known == null) {
      folded.set(text);
      first.probe(value, folded, suspects, number, searched);
    } else {
      values.replace(number, known.value());
      known.tell(suspects, number);
    }
  }

  /** Puts a value that comes again to all that the index suspects of it. */
  private KnownValue learn(
      int field, SeenValue value, FieldIndex first, @Nullable FieldIndex searched) {
    learned.nextEvent();
    folded.set(value.source());
    first.probe(value, folded, learned, 0, searched);
    SeenValue kept = value.kept();
    IntList passed = new IntList();
    IntList doubtful = new IntList();
    for (int i = 0; i < learned.suspected().size(); i++) {
      int predicate = learned.suspected().get(i);
      if (learned.verdictOn(predicate) == Suspects.TRUE) {
        passed.add(predicate);
      } else {
        try {
          if (index.residueOf(predicate).passes(kept)) {
            passed.add(predicate);
          }
        } catch (RuntimeException e) {
          // it is the rule's fault, and told of when the rule asks
          doubtful.add(predicate);
        }
      }
    }
    return new KnownValue(field, value.source(), kept, passed, doubtful);
  }

  @Override
  public void enter(EventText member) {
    values.enter(member);
  }

  @Override
  public void leave() {
    values.leave();
  }

  /**
   * Reads the fields of an event in which one can be found in several ways, of which one is right.
   */
  private void readByPriority(Event event) {
    for (FieldSlot slot : index.slots()) {
      if (event.has(slot.name())) {
        field(slot.index(), 0);
        EventText name = EventText.of(slot.name());
        for (FieldValue value : event.valuesOf(slot.name())) {
          add(fields[slot.index()], name, value);
        }
      }
    }
  }

  private void add(FieldReading reading, EventText name, FieldValue value) {
    EventText text = EventText.of(String.valueOf(value.asText()));
    int number = values.add(name, value.kind(), text);
    reading.add(number);
    if (value.kind() != ScalarKind.NULL) {
      folded.set(text);
      reading.index().probe(values.get(number), folded, suspects, number, null);
    }
  }
}
