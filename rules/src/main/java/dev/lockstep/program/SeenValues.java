package dev.lockstep.program;

import dev.lockstep.event.EventText;
import dev.lockstep.event.FieldName;
import dev.lockstep.event.ScalarKind;
import java.util.ArrayList;
import java.util.List;

/** The values of the event at hand that some rule may ask for, and where they are in it. */
final class SeenValues {
  private static final int KEPT_VALUES = 1024;
  private static final int TOP_LEVEL = -1;

  private List<SeenValue> values = new ArrayList<>();
  private int size;
  private List<EventText> members = new ArrayList<>();
  private final IntList objectOf = new IntList();
  private List<EventText> objects = new ArrayList<>();
  private final IntList parents = new IntList();
  private int objectCount;
  private int object = TOP_LEVEL;

  /** Adds a value that is in the object entered last, and returns its number. */
  int add(EventText member, ScalarKind kind, EventText text) {
    if (size == values.size()) {
      values.add(new SeenValue());
      members.add(new EventText());
    }
    values.get(size).set(kind, text);
    members.get(size).set(member);
    objectOf.add(object);
    return size++;
  }

  SeenValue get(int number) {
    return values.get(number);
  }

  void enter(EventText member) {
    if (objectCount == objects.size()) {
      objects.add(new EventText());
    }
    objects.get(objectCount).set(member);
    parents.add(object);
    object = objectCount++;
  }

  void leave() {
    object = parents.get(object);
  }

  /** The names of the members that lead to the value, joined by dots. */
  String pathOf(int number) {
    StringBuilder path = new StringBuilder(nameOf(members.get(number)));
    for (int at = objectOf.get(number); at != TOP_LEVEL; at = parents.get(at)) {
      path.insert(0, '.').insert(0, nameOf(objects.get(at)));
    }
    return path.toString();
  }

  void forget() {
    if (size > KEPT_VALUES || objectCount > KEPT_VALUES) {
      values = new ArrayList<>();
      members = new ArrayList<>();
      objects = new ArrayList<>();
    }
    for (int i = 0; i < Math.min(size, values.size()); i++) {
      values.get(i).forget();
      members.get(i).set("");
    }
    for (int i = 0; i < Math.min(objectCount, objects.size()); i++) {
      objects.get(i).set("");
    }
    objectOf.clear();
    parents.clear();
    object = TOP_LEVEL;
    objectCount = 0;
    size = 0;
  }

  private static String nameOf(EventText member) {
    return FieldName.withoutSpaces(member.decoded());
  }
}
