package dev.lockstep.program;

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
  private List<String> members = new ArrayList<>();
  private IntList objectOf = new IntList();
  private List<String> objects = new ArrayList<>();
  private IntList parents = new IntList();
  private int object = TOP_LEVEL;

  /** Adds a value that is in the object entered last, and returns its number. */
  int add(String member, ScalarKind kind, String text) {
    if (size == values.size()) {
      values.add(new SeenValue());
    }
    values.get(size).set(kind, text);
    members.add(member);
    objectOf.add(object);
    return size++;
  }

  SeenValue get(int number) {
    return values.get(number);
  }

  void enter(String member) {
    objects.add(member);
    parents.add(object);
    object = objects.size() - 1;
  }

  void leave() {
    object = parents.get(object);
  }

  /** The names of the members that lead to the value, joined by dots. */
  String pathOf(int number) {
    StringBuilder path = new StringBuilder(FieldName.withoutSpaces(members.get(number)));
    for (int at = objectOf.get(number); at != TOP_LEVEL; at = parents.get(at)) {
      path.insert(0, '.').insert(0, FieldName.withoutSpaces(objects.get(at)));
    }
    return path.toString();
  }

  void forget() {
    object = TOP_LEVEL;
    if (size > KEPT_VALUES || objects.size() > KEPT_VALUES) {
      values = new ArrayList<>();
      members = new ArrayList<>();
      objectOf = new IntList();
      objects = new ArrayList<>();
      parents = new IntList();
    } else {
      for (int i = 0; i < size; i++) {
        values.get(i).set(ScalarKind.NULL, "");
      }
      members.clear();
      objectOf.clear();
      objects.clear();
      parents.clear();
    }
    size = 0;
  }
}
