package dev.lockstep.explain;

import dev.lockstep.event.Event;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of an event's fields, among which an absent one may be found under another name. */
final class FieldPaths {
  /** Real events have far fewer; beyond it a hint may be missed. */
  private static final int MAX_PATHS = 2000;

  private final Set<String> paths;

  private FieldPaths(Set<String> paths) {
    this.paths = paths;
  }

  static FieldPaths of(Event event) {
    Set<String> paths = new LinkedHashSet<>();
    event.forEachString(
        (path, text) -> {
          String part = path;
          while (paths.size() < MAX_PATHS && paths.add(part) && part.lastIndexOf('.') > 0) {
            part = part.substring(0, part.lastIndexOf('.'));
          }
        });
    return new FieldPaths(paths);
  }

  /** Where the absent field may be; null when nothing comes to mind. */
  @Nullable String hint(String field) {
    for (String path : paths) {
      if (path.equalsIgnoreCase(field)) {
        return "the event has '" + Cut.text(path) + "'; the case of a field name counts";
      }
    }
    String letters = letters(field);
    String inside = "." + letters;
    for (String path : paths) {
      String other = letters(path);
      if (other.equals(letters) || withoutSeparators(other).equals(withoutSeparators(letters))) {
        return "the event has '" + Cut.text(path) + "'";
      }
      if (other.endsWith(inside)) {
        return "the event has '" + Cut.text(path) + "'; what is inside an object needs its path";
      }
    }
    return null;
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String withoutSeparators(String name) {
    return name.replaceAll("[._-]", "");
  }
}
