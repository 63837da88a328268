package dev.lockstep.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the fields of rules lie in the events of one source.
 *
 * @param own places that hold for this source alone; they come before all else
 * @param aliases what the source calls a field of the taxonomy
 * @param fields places by name
 * @param templates the places of all other fields, {@link #FIELD} standing for the name
 */
record FieldNames(
    Map<String, List<String>> own,
    Map<String, List<String>> aliases,
    Map<String, List<String>> fields,
    List<String> templates) {

  static final String FIELD = "{field}";

  /** Fields lie where their names say. */
  static final List<String> AS_NAMED = List.of(FIELD);

  /** Names in events of the places at which the field may be, at least one, none twice. */
  Set<String> placesOf(String field) {
    List<String> special = own.get(field);
    if (special != null) {
      return new LinkedHashSet<>(special);
    }
    Set<String> places = new LinkedHashSet<>();
    for (String name : aliases.getOrDefault(field, List.of(field))) {
      List<String> listed = fields.get(name);
      if (listed == null) {
        templates.forEach(template -> places.add(template.replace(FIELD, name)));
      } else {
        places.addAll(listed);
      }
    }
    return places;
  }
}
