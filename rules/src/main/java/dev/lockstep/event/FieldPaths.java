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

  /**
   * What a member leads to.
   *
   * @param length how many parts of a field's name, parted by dots, the member's name takes
   */
  record Step(Place place, int length) {}

  /** A place in an event, known by the names that led to it, joined by dots. */
  static final class Place {
    private final Map<String, Step> members = new HashMap<>();
    private NameTable table = NameTable.of(Map.of());
    private int field = EventSink.NO_FIELD;

    /** The field that is here, or {@link EventSink#NO_FIELD}. */
    int field() {
      return field;
    }

    /** Where the member leads to, whose name may have spaces; null if to no field. */
    @Nullable Step step(EventText name) {
      if (NameTable.isReadable(name)) {
        return table.step(name);
      }
      return step(name.decoded());
    }

    /** Where the member leads to, whose name may have spaces; null if to no field. */
    @Nullable Step step(String name) {
      return members.get(FieldName.withoutSpaces(name));
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
    root.table = NameTable.of(root.members);
    places.values().forEach(place -> place.table = NameTable.of(place.members));
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
    root.members.put(path, new Step(place, partsOf(path)));
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      String rest = path.substring(dot + 1);
      place(path.substring(0, dot), places).members.put(rest, new Step(place, partsOf(rest)));
    }
    return place;
  }

  private static int partsOf(String name) {
    return 1 + (int) name.chars().filter(c -> c == '.').count();
  }
}
