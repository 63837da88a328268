package dev.lockstep.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where fields are found in events: from an object, by the name of a member, to what that member
 * leads to. Immutable.
 *
 * <p>A dot in a field's name may be one in a member's name or part two of them, so each way to cut
 * the name at its dots leads to the field.
 */
public final class FieldPaths {

  /** A place in an event, known by the names that led to it, joined by dots. */
  static final class Place {
    private final Map<String, Place> members = new HashMap<>();
    private int field = EventSink.NO_FIELD;

    /** The field that is here, or {@link EventSink#NO_FIELD}. */
    int field() {
      return field;
    }

    @Nullable Place member(String name) {
      Place place = members.get(name);
      return place == null && name.indexOf(' ') >= 0
          ? members.get(FieldName.withoutSpaces(name))
          : place;
    }

    /** Whether a field is in an object here. */
    boolean leadsOn() {
      return !members.isEmpty();
    }
  }

  private final Place root = new Place();

  /** Numbers the fields by their order; their names differ, spaces aside. */
  public FieldPaths(List<String> fields) {
    Map<String, Place> places = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String name = FieldName.withoutSpaces(fields.get(i));
      place(name, places).field = i;
    }
  }

  Place root() {
    return root;
  }

  private Place place(String path, Map<String, Place> places) {
    Place known = places.get(path);
    if (known != null) {
      return known;
    }
    Place place = new Place();
    places.put(path, place);
    root.members.put(path, place);
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      place(path.substring(0, dot), places).members.put(path.substring(dot + 1), place);
    }
    return place;
  }
}
