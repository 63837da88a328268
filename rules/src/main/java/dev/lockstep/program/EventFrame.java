package dev.lockstep.program;

import dev.lockstep.event.Event;
import dev.lockstep.event.EventVisitor;
import dev.lockstep.event.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one event while its rules are judged; belongs to one thread at a time, and is
 * used again for other events.
 */
final class EventFrame implements EventVisitor {
  private static final int KEPT_STRINGS = 1024;

  private final EventIndex index;
  private final Suspects suspects;
  private final FieldReading[] fields;
  private final List<FieldReading> touched = new ArrayList<>();
  private final List<FieldSlot> deeper = new ArrayList<>();
  private final long[] marks;
  private final EncodedText text = new EncodedText();
  private List<SeenValue> strings = new ArrayList<>();
  private @Nullable FieldReading current;
  private @Nullable Event event;

  EventFrame(EventIndex index, int ruleWords) {
    this.marks = new long[ruleWords];
    this.index = index;
    this.suspects = new Suspects(index.predicateCount(), index.findCount());
    this.fields =
        index.slots().stream()
            .map(slot -> new FieldReading(slot, index.of(slot)))
            .toArray(FieldReading[]::new);
  }

  /** Takes up an event after {@link #forget} has let go of the one before. */
  void read(Event event) {
    this.event = event;
    suspects.nextEvent();
    event.accept(this);
    for (FieldSlot slot : deeper) {
      FieldReading field = fields[slot.index()];
      if (!field.isPresent()) {
        readPath(field, event);
      }
    }
  }

  void forget() {
    event = null;
    touched.forEach(FieldReading::forget);
    touched.clear();
    deeper.clear();
    text.shrink();
    if (strings.size() > KEPT_STRINGS) {
      strings = new ArrayList<>();
    } else {
      strings.clear();
    }
  }

  Suspects suspects() {
    return suspects;
  }

  /** Room for a mark on each rule. */
  long[] marks() {
    return marks;
  }

  boolean has(FieldSlot field) {
    return fields[field.index()].isPresent();
  }

  List<SeenValue> valuesOf(FieldSlot field) {
    return fields[field.index()].values();
  }

  /** The strings and numbers of the whole event in its order; none when no rule asks for them. */
  List<SeenValue> strings() {
    return strings;
  }

  String pathOfString(int position) {
    List<String> paths = new ArrayList<>();
    Objects.requireNonNull(event).forEachString((path, string) -> paths.add(path));
    return paths.get(position);
  }

  @Override
  public void member(String name) {
    EventIndex.Member member = index.member(name);
    current = null;
    if (member != null) {
      deeper.addAll(member.deeper());
      if (member.exact() != null) {
        current = fields[member.exact().index()];
        begin(current);
      }
    }
  }

  @Override
  public void value(FieldValue value, boolean direct) {
    FieldIndex keywords = index.keywords();
    FieldReading field = direct ? current : null;
    boolean searched = keywords != null && value.isSearched();
    if (field == null && !searched) {
      return;
    }
    SeenValue seen = new SeenValue(value);
    if (searched || (field != null && field.index().looksAtText())) {
      encode(value);
    }
    if (keywords != null && searched) {
      strings.add(seen);
      keywords.present(suspects);
      keywords.probe(value, text, suspects);
    }
    if (field != null) {
      field.values().add(seen);
      field.index().probe(value, text, suspects);
    }
  }

  private void readPath(FieldReading field, Event event) {
    List<FieldValue> values = event.valuesOf(field.slot().name());
    if (values.isEmpty() && !event.has(field.slot().name())) {
      return;
    }
    begin(field);
    for (FieldValue value : values) {
      field.values().add(new SeenValue(value));
      if (field.index().looksAtText()) {
        encode(value);
      }
      field.index().probe(value, text, suspects);
    }
  }

  private void begin(FieldReading field) {
    field.markPresent();
    touched.add(field);
    field.index().present(suspects);
  }

  /** Without a text there is nothing to find, not even an empty one. */
  private void encode(FieldValue value) {
    String characters = value.asText();
    if (characters == null) {
      text.clear();
    } else {
      text.encode(characters);
    }
  }
}
