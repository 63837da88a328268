package dev.lockstep.parity;

import dev.lockstep.parity.VerdictRecord.FieldDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of alerts that two engines must agree in: all, by their paths, but those that say
 * which engine it was and what that engine was told.
 */
final class AlertFields {

  /**
   * Members that differ between engines that agree. How many others an alert stands for, and which
   * one stands for them, depends on the order in which events of several partitions came.
   */
  private static final Set<String> IGNORED =
      Set.of("engine", "lane", "lanes", "routing", "bundle", "suppressed", "rescued");

  private static final int MAX_VALUE_LENGTH = 500;

  private AlertFields() {}

  /** Returns the fields in which the two differ, in the order of the first one's fields. */
  static List<FieldDifference> differences(AlertCopy first, AlertCopy second) {
    if (first.isOutline() || second.isOutline()) {
      return List.of();
    }
    Map<String, JsonValue> left = fields(first);
    Map<String, JsonValue> right = fields(second);
    Set<String> paths = new LinkedHashSet<>(left.keySet());
    paths.addAll(right.keySet());
    List<FieldDifference> differences = new ArrayList<>();
    for (String path : paths) {
      JsonValue ours = left.get(path);
      JsonValue theirs = right.get(path);
      if (ours == null || !ours.equals(theirs)) {
        differences.add(
            new FieldDifference(path, values(first.engine(), ours, second.engine(), theirs), null));
      }
    }
    return differences;
  }

  private static Map<String, String> values(
      String first, @Nullable JsonValue ours, String second, @Nullable JsonValue theirs) {
    boolean sameText = ours != null && theirs != null && text(ours).equals(text(theirs));
    Map<String, String> values = new LinkedHashMap<>();
    if (ours != null) {
      values.put(first, shown(ours, sameText));
    }
    if (theirs != null) {
      values.put(second, shown(theirs, sameText));
    }
    return values;
  }

  /** A string has its quotes only where nothing else tells it from a number. */
  private static String shown(JsonValue scalar, boolean withQuotes) {
    String text = text(scalar);
    if (text.length() > MAX_VALUE_LENGTH) {
      text = text.substring(0, MAX_VALUE_LENGTH) + "…";
    }
    return withQuotes && scalar.quoted() ? '"' + text + '"' : text;
  }

  private static String text(JsonValue scalar) {
    return String.valueOf(scalar.text());
  }

  private static Map<String, JsonValue> fields(AlertCopy copy) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    copy.json()
        .members()
        .forEach(
            (name, value) -> {
              if (!IGNORED.contains(name)) {
                collect(name, value, fields);
              }
            });
    return fields;
  }

  private static void collect(String path, JsonValue value, Map<String, JsonValue> fields) {
    if (value.text() != null) {
      fields.put(path, value);
    }
    value.members().forEach((name, member) -> collect(path + "." + name, member, fields));
    for (int i = 0; i < value.elements().size(); i++) {
      collect(path + "[" + i + "]", value.elements().get(i), fields);
    }
  }
}
