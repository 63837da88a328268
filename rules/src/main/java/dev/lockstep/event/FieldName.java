package dev.lockstep.event;

import java.util.LinkedHashSet;
import java.util.Set;

/** How field names of rules and of events meet. */
public final class FieldName {
  private FieldName() {}

  /** The name as fields are compared by. */
  public static String withoutSpaces(String name) {
    return name.indexOf(' ') < 0 ? name : name.replace(" ", "");
  }

  /**
   * Every member of the top level that can lead to the field: {@code a}, {@code a.b}, …, itself
   * last.
   */
  public static Set<String> topLevelNames(String field) {
    String name = withoutSpaces(field);
    Set<String> names = new LinkedHashSet<>();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      names.add(name.substring(0, dot));
    }
    names.add(name);
    return names;
  }
}
