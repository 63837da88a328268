package dev.lockstep.program;

import dev.lockstep.event.EventText;
import dev.lockstep.event.FieldName;
import dev.lockstep.event.ScalarKind;
import java.util.Arrays;

/** The values of the event at hand that some rule may ask for, and where they are in it. */
final class SeenValues {
  private static final int KEPT_VALUES = 1024;
  private static final int TOP_LEVEL = -1;
  private static final EventText NO_NAME = EventText.of("");

  private SeenValue[] pool = {};
  private SeenValue[] values = {};
  private EventText[] members = {};
  private final IntList objectOf = new IntList();
  private int size;
  private EventText[] objects = {};
  private final IntList parents = new IntList();
  private int objectCount;
  private int object = TOP_LEVEL;

  /** Adds a value that is in the object entered last, and returns its number. */
  int add(EventText member, ScalarKind kind, EventText text) {
    if (size == pool.length) {
      growValues();
    }
    SeenValue value = pool[size];
    value.set(kind, text);
    put(values, size, value);
    put(members, size, member);
    objectOf.add(object);
    return size++;
  }

  SeenValue get(int number) {
    return values[number];
  }

  /** Has the value of this number answer as the other one, which is the same. */
  void replace(int number, SeenValue same) {
    values[number] = same;
  }

  void enter(EventText member) {
    if (objectCount == objects.length) {
      objects = grown(objects, NO_NAME);
    }
    put(objects, objectCount, member);
    parents.add(object);
    object = objectCount++;
  }

  void leave() {
    object = parents.get(object);
  }

  /** The names of the members that lead to the value, joined by dots. */
  String pathOf(int number) {
    String name = nameOf(members[number]);
    if (objectOf.get(number) == TOP_LEVEL) {
      return name;
    }
    StringBuilder path = new StringBuilder(name);
    for (int at = objectOf.get(number); at != TOP_LEVEL; at = parents.get(at)) {
      path.insert(0, '.').insert(0, nameOf(objects[at]));
    }
    return path.toString();
  }

  /** Holds none any more; the texts are those of the reader, which lets go of them. */
  void forget() {
    if (size > KEPT_VALUES || objectCount > KEPT_VALUES) {
      pool = new SeenValue[0];
      values = new SeenValue[0];
      members = new EventText[0];
      objects = new EventText[0];
    }
    objectOf.clear();
    parents.clear();
    object = TOP_LEVEL;
    objectCount = 0;
    size = 0;
  }

  private void growValues() {
    int known = pool.length;
    pool = Arrays.copyOf(pool, Math.max(8, 2 * known));
    for (int i = known; i < pool.length; i++) {
      pool[i] = new SeenValue();
    }
    values = Arrays.copyOf(values, pool.length);
    members = grown(members, NO_NAME);
  }

  private static EventText[] grown(EventText[] texts, EventText filler) {
    EventText[] more = Arrays.copyOf(texts, Math.max(8, 2 * texts.length));
    Arrays.fill(more, texts.length, more.length, filler);
    return more;
  }

  /** Writes only what is new: to write a reference costs more than to look at it. */
  private static <T> void put(T[] items, int at, T item) {
    if (items[at] != item) {
      items[at] = item;
    }
  }

  private static String nameOf(EventText member) {
    return FieldName.withoutSpaces(member.decoded());
  }
}
